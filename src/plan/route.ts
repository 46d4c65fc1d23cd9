import type { Architecture, Engine, PublishRoute, SecurityType } from '../model/index.ts';

/**
 * How the build's result may become a gallery version. A TrustedLaunchSupported definition takes no VM as source
 * (only VHD, managed image or gallery version), and Arm64 has no managed images.
 * Source: trusted-launch-portal, packer-plugin-azure issue 304.
 */
export function publishRoute(engine: Engine, security: SecurityType, architecture: Architecture): PublishRoute {
  if (engine === 'image-builder' || security !== 'TrustedLaunchSupported') return 'direct';
  return architecture === 'arm64' ? 'staging-definition' : 'managed-image';
}
