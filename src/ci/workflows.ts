import { jsonText } from '../engines/encode.ts';
import { compileTemplate, type Encoders, type TemplateSource } from '../engines/handlebars.ts';
import { GITLAB_JOB } from './matrix.ts';

export const CI_SYSTEMS = ['github', 'azure', 'gitlab'] as const;
export type CiSystem = (typeof CI_SYSTEMS)[number];

/** What workflows are made of. */
export interface Workflow {
  /** Path of the manifest from the root of the repository. */
  readonly manifest: string;
  /** The branch whose pushes build. */
  readonly branch: string;
  /** Cron lines in UTC. */
  readonly refreshAt: string;
  readonly sweepAt: string;
  /** Azure Pipelines: the service connection, federated with Entra ID. */
  readonly connection: string;
  /** Where the AWS role is assumed for what concerns no single image. */
  readonly awsRegion: string;
}

/** The files of each system from the root of the repository, and the templates that they are made of, below the installation. */
export const WORKFLOW_FILES: Readonly<Record<CiSystem, readonly { readonly path: string; readonly template: string }[]>> = {
  github: [{ path: '.github/workflows/images.yml', template: 'scripts/ci/github.yml.hbs' }],
  azure: [{ path: 'azure-pipelines-images.yml', template: 'scripts/ci/azure.yml.hbs' }],
  gitlab: [
    { path: '.gitlab/regild.yml', template: 'scripts/ci/gitlab.yml.hbs' },
    { path: GITLAB_JOB.file, template: 'scripts/ci/gitlab-image.yml.hbs' },
  ],
};

/** JSON is YAML; a text in an expression of GitHub or GitLab stands in single quotes, doubled within. */
const ENCODERS: Encoders = { yaml: jsonText, expression: (value) => `'${String(value).replaceAll("'", "''")}'` };

/** A file of a workflow. No value may hold `$`: a CI system would read it as an expression of its own, whatever YAML thinks. */
export function renderWorkflow(template: TemplateSource, workflow: Workflow): string {
  return compileTemplate(template, ENCODERS)(workflow);
}
