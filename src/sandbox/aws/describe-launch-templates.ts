import { AwsError } from './error.ts';
import type { LaunchTemplate } from './machines.ts';
import { pageOf } from './page.ts';
import { type FilterFields, passFilters } from './pass-filters.ts';
import { type QueryRequest, readFilters, readList } from './query-request.ts';
import type { XmlValue } from './xml.ts';

type Version = LaunchTemplate['versions'][number] & { readonly template: LaunchTemplate };

const TEMPLATE_FIELDS: FilterFields<LaunchTemplate> = {
  'create-time': ({ created }) => created,
  'launch-template-name': ({ name }) => name,
};

const VERSION_FIELDS: FilterFields<Version> = {
  'image-id': ({ imageId }) => imageId,
  'instance-type': ({ type }) => type,
  'is-default-version': (version) => String(isDefault(version)),
};

/** The content of `<DescribeLaunchTemplatesResponse>`. Throws InvalidLaunchTemplateId.NotFound, InvalidLaunchTemplateName.NotFoundException, InvalidParameterValue. */
export function describeLaunchTemplates(request: QueryRequest, account: string, templates: readonly LaunchTemplate[]): XmlValue {
  const ids = readList(request, 'LaunchTemplateId');
  const names = readList(request, 'LaunchTemplateName');
  const wanted = [...ids.map((id) => templateOf(templates, id, undefined)), ...names.map((name) => templateOf(templates, undefined, name))];
  const page = pageOf(passFilters(wanted.length > 0 ? wanted : templates, readFilters(request), TEMPLATE_FIELDS), request);
  return { launchTemplates: page.items.map((template) => templateXml(template, account)), nextToken: page.nextToken };
}

function templateXml(template: LaunchTemplate, account: string): XmlValue {
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    createTime: template.created,
    createdBy: `arn:aws:iam::${account}:user/sandbox`,
    defaultVersionNumber: template.defaultVersion,
    latestVersionNumber: latestOf(template),
  };
}

/**
 * The content of `<DescribeLaunchTemplateVersionsResponse>`: versions of one template, or the default and latest ones of all.
 * Throws as DescribeLaunchTemplates does, MissingParameter without either, and InvalidLaunchTemplateId.VersionNotFound.
 */
export function describeLaunchTemplateVersions(request: QueryRequest, account: string, templates: readonly LaunchTemplate[]): XmlValue {
  const [id, name] = [request.fields.get('LaunchTemplateId'), request.fields.get('LaunchTemplateName')];
  const wanted = readList(request, 'LaunchTemplateVersion');
  const versions =
    id === undefined && name === undefined
      ? templates.flatMap((template) => versionsOf(template, ofAll(wanted)))
      : versionsOf(templateOf(templates, id, name), wanted);
  const page = pageOf(passFilters(versions, readFilters(request), VERSION_FIELDS), request);
  return { launchTemplateVersionSet: page.items.map((version) => versionXml(version, account)), nextToken: page.nextToken };
}

function ofAll(wanted: readonly string[]): readonly string[] {
  if (wanted.length === 0) {
    throw new AwsError('MissingParameter', 'When launch template ID or name is not specified, Versions must be $Latest or $Default.');
  }
  const numbers = wanted.filter((version) => version !== '$Latest' && version !== '$Default');
  if (numbers.length === 0) return wanted;
  throw new AwsError('InvalidParameterValue', `Versions ${numbers.join(', ')} need a launch template ID or name.`);
}

function templateOf(templates: readonly LaunchTemplate[], id: string | undefined, name: string | undefined): LaunchTemplate {
  const found = templates.find((template) => template.id === id || template.name === name);
  if (found !== undefined) return found;
  throw id === undefined
    ? new AwsError(
        'InvalidLaunchTemplateName.NotFoundException',
        `At least one of the launch templates specified in the request does not exist.`,
      )
    : new AwsError('InvalidLaunchTemplateId.NotFound', `The specified launch template, with template ID ${id}, does not exist.`);
}

function versionsOf(template: LaunchTemplate, wanted: readonly string[]): readonly Version[] {
  const versions = template.versions.map((version) => ({ ...version, template }));
  if (wanted.length === 0) return versions;
  const numbers = new Set(wanted.map((version) => numberOf(version, template)));
  const unknown = [...numbers].filter((number) => !versions.some((version) => version.number === number));
  if (unknown.length === 0) return versions.filter(({ number }) => numbers.has(number));
  throw new AwsError('InvalidLaunchTemplateId.VersionNotFound', `Could not find launch template version ${unknown.join(', ')}.`);
}

function numberOf(version: string, template: LaunchTemplate): number {
  if (version === '$Default') return template.defaultVersion;
  return version === '$Latest' ? latestOf(template) : Number(version);
}

function latestOf({ versions, defaultVersion }: LaunchTemplate): number {
  return versions.at(-1)?.number ?? defaultVersion;
}

function isDefault({ template, number }: Version): boolean {
  return template.defaultVersion === number;
}

function versionXml(version: Version, account: string): XmlValue {
  const { template, number, imageId, type } = version;
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    versionNumber: number,
    createTime: template.created,
    createdBy: `arn:aws:iam::${account}:user/sandbox`,
    defaultVersion: isDefault(version),
    launchTemplateData: { imageId, instanceType: type },
  };
}
