import type { Signature } from '../signature.ts';

const verified = '2026-11-25';
const looked = '2026-11-26';

/** Packer itself, its plugin, and the connection to the build VM. */
export const PACKER = [
  {
    id: 'packer-plugin-missing',
    pattern: /Missing plugins|required plugins? .*not (?:installed|found)|Failed getting the "github\.com\/hashicorp\/azure" plugin/i,
    cause: 'Packer’s azure plugin is not installed and could not be fetched from github.com',
    cure: 'let the machine reach github.com (a token in PACKER_GITHUB_API_TOKEN lifts its rate limit), or install it: `packer plugins install --path <file> github.com/hashicorp/azure`',
    example: 'Failed getting the "github.com/hashicorp/azure" plugin:',
    source: 'developer.hashicorp.com/packer/docs/commands/plugins/install',
    verified,
  },
  {
    id: 'packer-no-login',
    pattern: /error fetching tenantID and subscriptionID from Azure CLI/i,
    cause: 'Packer was given no service principal and found no login of az',
    cure: 'run `az login`, or set `ARM_TENANT_ID`, `ARM_CLIENT_ID` and `ARM_CLIENT_SECRET`',
    example: 'error fetching tenantID and subscriptionID from Azure CLI (are you logged on using `az login`?)',
    source: 'github.com/hashicorp/packer-plugin-azure (builder/azure/common/client/config.go)',
    verified,
  },
  {
    id: 'packer-ssh-key',
    pattern: /authentication error when trying to connect via SSH/i,
    cause:
      'sshd of the build VM refused the key that Packer was given: hardened bases and early builds of a release forbid its kind, or the account',
    cure: 'build with `engine: image-builder`, or from a base that lets the administrator in by an RSA key',
    example:
      'Error waiting for SSH: Packer experienced an authentication error when trying to connect via SSH. This can happen if your username/password are wrong.',
    source: 'github.com/hashicorp/packer-plugin-azure/issues/191',
    verified: looked,
  },
  {
    id: 'packer-no-ssh',
    pattern: /Timeout waiting for SSH/i,
    cause: 'the build VM did not let Packer in by SSH',
    cure: 'let port 22 pass from where regild runs (with `build.subnet` Packer uses the private address), and keep sshd as the base has it',
    example: 'Timeout waiting for SSH.',
    source: 'github.com/hashicorp/packer-plugin-sdk (communicator/step_connect_ssh.go)',
    verified,
  },
  {
    id: 'packer-no-winrm',
    pattern: /Timeout waiting for WinRM/i,
    cause: 'the build VM did not let Packer in by WinRM: hardened bases (CIS) and firewalls forbid it',
    cure: 'let port 5986 pass from where regild runs, or build with `engine: image-builder` from a base that allows WinRM',
    example: 'Timeout waiting for WinRM.',
    source: 'github.com/hashicorp/packer-plugin-sdk (communicator/step_connect_winrm.go)',
    verified,
  },
] satisfies readonly Signature[];
