import type { Deployment, DeploymentLanguage } from '../model/index.ts';
import { armTemplate } from './arm.ts';
import { azScript } from './az.ts';
import { bicepTemplate } from './bicep.ts';
import { templateOf } from './resources.ts';
import { terraformTemplate } from './terraform.ts';

/** A deployment in a language, ended with a line feed. */
export function writeDeployment(deployment: Deployment, language: DeploymentLanguage): string {
  switch (language) {
    case 'az':
      return azScript(deployment);
    case 'arm':
      return armTemplate(templateOf(deployment));
    case 'bicep':
      return bicepTemplate(templateOf(deployment));
    case 'terraform':
      return terraformTemplate(templateOf(deployment));
  }
}
