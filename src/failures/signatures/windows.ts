import type { Signature } from '../signature.ts';

const verified = '2026-11-26';

/** A Windows guest that does not come up, and steps that fail in one. */
export const WINDOWS = [
  {
    id: 'windows-undeployable',
    pattern: /This installation of Windows is undeployable/i,
    cause: 'Windows was captured before Sysprep had ended, or with an answer file that its setup refuses',
    cure: 'leave Sysprep and unattend.xml to regild, which runs it last; look for a step that starts it or leaves an answer file behind',
    example:
      "OSProvisioningClientError: OS provisioning for VM 'vm-test' failed. Error details: This installation of Windows is undeployable. Make sure the image has been properly prepared (generalized).",
    source: 'github.com/mloskot/minikube-windows-image (README.md)',
    verified,
  },
  {
    id: 'step-restarted',
    pattern: /A system shutdown is in progress\.? ?\(1115\)/i,
    cause: 'a step restarted the machine itself, and the engine lost it',
    cure: 'take the restart out of the step, and put a `restart` step behind it',
    example: 'A system shutdown is in progress.(1115)',
    source: 'github.com/Azure/RDS-Templates/issues/753',
    verified,
  },
] satisfies readonly Signature[];
