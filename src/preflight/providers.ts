import type { Engine } from '../model/index.ts';

const COMMON = ['Microsoft.Compute', 'Microsoft.Network', 'Microsoft.Storage'] as const;

/** Resource providers that must be registered. Source: image-builder-overview (Operate), packer-plugin-azure (Key Vault for WinRM). */
export const PROVIDERS: Readonly<Record<Engine, readonly string[]>> = {
  packer: [...COMMON, 'Microsoft.KeyVault'],
  'image-builder': [...COMMON, 'Microsoft.KeyVault', 'Microsoft.VirtualMachineImages', 'Microsoft.ContainerInstance'],
};
