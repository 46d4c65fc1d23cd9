import { join } from 'node:path';

/** HashiCorp's Packer, as run.sh built it. */
export const PACKER = process.env.REGILD_PACKER ?? 'packer';

/** What it is run with: no telemetry, no colours, and nothing of this machine's own plugins or settings. */
export function environmentOfPacker(folder: string): Readonly<Record<string, string>> {
  return {
    CHECKPOINT_DISABLE: '1',
    PACKER_NO_COLOR: '1',
    PACKER_CONFIG_DIR: join(folder, 'packer-config'),
    PACKER_PLUGIN_PATH: join(folder, 'packer-plugins'),
  };
}
