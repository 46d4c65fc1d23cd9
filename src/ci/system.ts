/** CI systems that regild speaks to. */
export type CiSystem = 'github' | 'azure' | 'gitlab';

/**
 * The system whose variables are there: `GITHUB_ACTIONS` (docs.github.com, default environment variables), `TF_BUILD` (Azure Pipelines, predefined
 * variables), `GITLAB_CI` (docs.gitlab.com, predefined variables).
 */
export function ciSystem(environment: Readonly<Record<string, string | undefined>>): CiSystem | undefined {
  if (environment.GITHUB_ACTIONS === 'true') return 'github';
  if (environment.TF_BUILD?.toLowerCase() === 'true') return 'azure';
  return environment.GITLAB_CI === 'true' ? 'gitlab' : undefined;
}
