import machines from '../world/aws-machines.json' with { type: 'json' };

/** An EC2 instance of the account. */
export interface Instance {
  readonly region: string;
  readonly id: string;
  readonly imageId: string;
  readonly type: string;
  readonly state: string;
  readonly launched: string;
}

/** A launch template of the account with its versions, oldest first. `imageId` may be `resolve:ssm:` and a parameter. */
export interface LaunchTemplate {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly defaultVersion: number;
  readonly versions: readonly { readonly number: number; readonly imageId: string; readonly type: string }[];
}

/** What runs in the account. */
export interface Machines {
  readonly instances: readonly Instance[];
  readonly launchTemplates: readonly LaunchTemplate[];
}

/** The machines that ship with regild. */
export const seededMachines: Machines = machines;

/** The machines of one region. */
export function machinesIn({ instances, launchTemplates }: Machines, region: string): Machines {
  return {
    instances: instances.filter((instance) => instance.region === region),
    launchTemplates: launchTemplates.filter((template) => template.region === region),
  };
}
