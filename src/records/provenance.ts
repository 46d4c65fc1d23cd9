import { formatUrn, type ImageReport, type Provenance, type ResourceDescriptor, type Run, sha256 } from '../model/index.ts';

/** Names the shape of the parameters below; docs/reference/records.md describes it. */
const BUILD_TYPE = 'pkg:npm/regild#azure-gallery-version/v1';
const BUILDER = 'pkg:npm/regild';

/** A report of an image that was published. */
export type PublishedReport = ImageReport & { readonly [Part in 'plan' | 'build' | 'published']: NonNullable<ImageReport[Part]> };

/** Whether an image was published, so that there is a version to speak of. */
export function isPublished(report: ImageReport): report is PublishedReport {
  return report.outcome === 'published' && report.plan !== undefined && report.build !== undefined && report.published?.promoted === true;
}

/** What a version was made from and by what, as a statement that can be signed. The same report gives the same statement. */
export function provenanceOf({ plan, build, template, published }: PublishedReport, run: Pick<Run, 'toolVersion' | 'clouds'>): Provenance {
  const name = `${plan.gallery}/${plan.definition.name}/${published.version}`;
  const base = formatUrn(plan.base.urn);
  const { amiId, amiRegion } = plan.provenance;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name, uri: published.versionId, digest: subjectDigest(published.versionId) }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: { image: plan.image, ami: `${amiRegion}/${amiId}`, base, engine: plan.engine, recipe: plan.digest },
        internalParameters: { route: plan.route, simulated: String(build.simulated), aws: run.clouds.aws, azure: run.clouds.azure },
        resolvedDependencies: [
          { name: 'ami', uri: `arn:aws:ec2:${amiRegion}::image/${amiId}` },
          { name: 'base', uri: `azure-marketplace:${base}` },
          ...plan.guestScripts.map((script) => ({ name: script.path, digest: { sha256: script.sha256 } })),
          ...plan.guestFiles.map((file) => ({ name: `guest/${file.path}`, digest: { sha256: file.sha256 } })),
          ...plan.provisioners.flatMap(userFile),
        ],
      },
      runDetails: {
        builder: {
          id: BUILDER,
          version: { regild: run.toolVersion, ...(build.engineVersion !== undefined && { [plan.engine]: build.engineVersion }) },
        },
        metadata: { invocationId: build.runId, startedOn: build.started, finishedOn: build.finished },
        byproducts: (template?.files ?? []).map((file) => ({ name: `template/${file.path}`, digest: { sha256: file.sha256 } })),
      },
    },
  };
}

/**
 * Azure gives no digest of what is in a version. Its source can never be changed, so its ARM id stands for it; the algorithm has a name of its own, so that
 * nobody takes it for a hash of the content (in-toto, spec/v1/digest_set.md).
 */
function subjectDigest(versionId: string): Provenance['subject'][number]['digest'] {
  return { armResourceId: sha256(versionId.toLowerCase()) };
}

/** What a step of the user's brings along, by hash; scripts of regild's own stand among the guest scripts. */
function userFile(provisioner: PublishedReport['plan']['provisioners'][number]): readonly ResourceDescriptor[] {
  if (provisioner.kind === 'guest' || !('sha256' in provisioner) || typeof provisioner.sha256 !== 'string') return [];
  const digest = { sha256: provisioner.sha256 };
  const uri = 'url' in provisioner && typeof provisioner.url === 'string' ? { uri: provisioner.url } : {};
  return [{ name: `step/${provisioner.id}`, ...uri, digest, annotations: { title: provisioner.title } }];
}
