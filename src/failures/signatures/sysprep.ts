import type { Signature } from '../signature.ts';

const APPS = 'learn.microsoft.com/troubleshoot/windows-client/setup-upgrade-and-drivers/sysprep-fails-remove-or-update-store-apps';
const verified = '2026-11-25';

/** Sysprep's first error: the last lines of setuperr.log are the same for every failure. */
export const SYSPREP = [
  {
    id: 'sysprep-store-app',
    pattern: /installed for a user, but not provisioned for all users/i,
    cause: 'Sysprep refuses a Store app that one user installed',
    cure: 'remove that package in a `powershell` step (`Get-AppxPackage -AllUsers <name> | Remove-AppxPackage -AllUsers`)',
    example:
      'SYSPRP Package Microsoft.X was installed for a user, but not provisioned for all users. This package will not function properly in the sysprep image.',
    source: APPS,
    verified: '2026-11-21',
  },
  {
    id: 'sysprep-reserved-storage',
    pattern: /reserved storage is in use|0x800F0975/i,
    cause: 'an update is still being installed and uses reserved storage',
    cure: 'let it end before Sysprep: add an `updates` step and a `restart` as the last customization',
    example:
      'SYSPRP Sysprep_Clean_Validate_Opk: Audit mode cannot be turned on if reserved storage is in use. An update or servicing operation may be using reserved storage.; hr = 0x800F0975',
    source: 'learn.microsoft.com/answers (questions on 0x800F0975, setuperr.log quoted)',
    verified,
  },
  {
    id: 'sysprep-servicing',
    pattern: /Failed to query pending CBS operations/i,
    cause: 'Windows servicing (CBS) does not answer: it is busy, or waits for a restart',
    cure: 'add a `restart` as the last customization, and a second one where a feature or language was added',
    example: 'SYSPRP spopk.dll:: Failed to query pending CBS operations; hr = 0x80080005',
    source: 'learn.microsoft.com/answers (questions on 0x80080005, setuperr.log quoted)',
    verified,
  },
  {
    id: 'sysprep-defender',
    pattern: /Windows Advanced Threat Protection.*dwRet = 0x5|Error in executing action for Windows-SenseClient-Service/i,
    cause: 'the machine is onboarded to Defender for Endpoint, which guards its identity',
    cure: 'onboard when a VM starts, never in the image: remove the onboarding step, or run the offboarding script of your tenant before Sysprep',
    example:
      'SYSPRP ActionPlatform::DeleteValue: Error from RegDeleteValueW for value senseGuid under key HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows Advanced Threat Protection; dwRet = 0x5',
    source: 'learn.microsoft.com/defender-endpoint/configure-endpoints-vdi',
    verified,
  },
  {
    id: 'sysprep-dsc',
    pattern: /DscCore\.dll,SysPrep_Cleanup/i,
    cause: 'the clean-up of PowerShell DSC failed: Sysprep ran on this machine before',
    cure: 'do not run Sysprep in a step of your own: regild runs it last, once',
    example: "SYSPRP LaunchDll:Failure occurred while executing 'DscCore.dll,SysPrep_Cleanup', returned error code 0x2",
    source: 'learn.microsoft.com/answers (questions on DscCore.dll, setuperr.log quoted)',
    verified,
  },
  {
    id: 'sysprep-bitlocker',
    pattern: /BitLocker is on for the OS volume|0x80310039/i,
    cause: 'the system drive is encrypted',
    cure: 'turn BitLocker off in a `powershell` step (`manage-bde -off C:`) and wait until it is decrypted',
    example: 'SYSPRP BitLocker-Sysprep: BitLocker is on for the OS volume. Turn BitLocker off to run Sysprep. (0x80310039)',
    source: 'learn.microsoft.com/answers (questions on 0x80310039, setuperr.log quoted)',
    verified,
  },
  {
    id: 'sysprep-rearm',
    pattern: /0xc004d307|maximum allowed number of times.*rearm/i,
    cause: 'this Windows may not be rearmed any more',
    cure: 'start from a fresh base: each generalized image that is built upon uses one of a few rearms',
    example:
      'SYSPRP SPP: Rearm failed: the maximum allowed number of times that this product can be rearmed has been exceeded; hr = 0xc004d307',
    source: 'learn.microsoft.com/troubleshoot/windows-server/licensing-and-activation/rearm-count',
    verified: '2026-11-21',
  },
  {
    id: 'sysprep-invalid-state',
    pattern: /machine is in an invalid state|dwRet = 0x1f\b/i,
    cause: 'an earlier Sysprep failed and left the machine unusable',
    cure: 'start from a fresh base',
    example: 'SYSPRP WinMain: the machine is in an invalid state or we could not update the recorded state, dwRet = 0x1f',
    source: 'learn.microsoft.com/troubleshoot/windows-client/setup-upgrade-and-drivers/sysprep-fails-remove-or-update-store-apps',
    verified: '2026-11-21',
  },
  {
    id: 'sysprep-domain',
    pattern: /joined to a domain/i,
    cause: 'the machine is joined to a domain',
    cure: 'leave it in a step, and join when a VM starts',
    example: 'SYSPRP Machine is joined to a domain',
    source: 'learn.microsoft.com/windows-hardware/manufacture/desktop/sysprep--generalize--a-windows-installation',
    verified: '2026-11-21',
  },
  {
    id: 'sysprep-upgraded',
    pattern: /SYSPRP.*upgraded OS|upgraded OS.*sysprep/i,
    cause: 'a Windows that was upgraded in place cannot be generalized',
    cure: 'start from a base of the wanted release',
    example: 'SYSPRP Sysprep will not run on an upgraded OS. You can only run Sysprep on a custom (clean) install version of Windows.',
    source: 'learn.microsoft.com/windows-hardware/manufacture/desktop/sysprep--generalize--a-windows-installation',
    verified: '2026-11-21',
  },
  {
    id: 'sysprep-unfinished',
    pattern: /IMAGE_STATE_UNDEPLOYABLE|IMAGE_STATE_COMPLETE/i,
    cause: 'Sysprep did not finish',
    cure: 'read setuperr.log in C:\\Windows\\System32\\Sysprep\\Panther: its first error is the one that counts',
    example: 'IMAGE_STATE_UNDEPLOYABLE',
    source: 'developer.hashicorp.com/packer/integrations/hashicorp/azure/latest/components/builder/arm',
    verified: '2026-11-21',
  },
] satisfies readonly Signature[];
