import type { GalleryImageVersion } from '@azure/arm-compute';
import { RUN_TAG } from '../../../model/index.ts';
import type { Packer, PackerBuild, Wait } from '../../../ports.ts';
import type { AzureConnection } from '../connection/index.ts';
import { asAzure } from '../errors/index.ts';
import { startUpdate, versionAttempt } from './versions.ts';

/**
 * What the gallery sees of Packer, for clouds in which no VM boots: the version that the template captures, with its tags. No program is started, so
 * that nothing of the machine's environment is used: not its credentials, not its network.
 */
export function simulatedPacker(connection: AzureConnection): Packer {
  return {
    kind: 'simulated',
    version: async () => 'simulated',
    plugin: async () => undefined,
    init: async () => {},
    build: async ({ captures }, wait) => {
      wait.onUpdate?.('Packer is not run: its result is simulated');
      return capture(connection, captures, wait);
    },
  };
}

async function capture(connection: AzureConnection, { ref, as }: PackerBuild['captures'], { signal }: Wait<string>): Promise<string> {
  const attempt = versionAttempt('create', ref);
  const { operation } = await startUpdate(connection, ref, body(as), { attempt, signal });
  const made = await asAzure(attempt, () => operation.pollUntilDone(signal ? { abortSignal: signal } : {}));
  return made.id ?? '';
}

/** A VHD is the one source of which the service asks nothing: there is no VM that could be one. Each run's is another, as each run's VM would be. */
function body({ location, storage, excludeFromLatest, tags }: PackerBuild['captures']['as']): GalleryImageVersion {
  const source = { storageAccountId: 'simulated', uri: `https://simulated.blob.core.windows.net/vhds/${tags[RUN_TAG]}.vhd` };
  return {
    location,
    tags: { ...tags },
    publishingProfile: { excludeFromLatest, targetRegions: [{ name: location, regionalReplicaCount: 1, storageAccountType: storage }] },
    storageProfile: { osDiskImage: { source } },
  };
}
