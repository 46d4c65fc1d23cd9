import type { Product } from '../../catalog/schema.ts';
import type { Ami, VendorCheck, VendorOffer, VendorTraits } from '../../model/index.ts';
import { formatOffer } from '../../model/index.ts';

/**
 * The five points to confirm before a vendor's offer takes the AMI's place: what the AMI shows of each, and what to ask.
 * Source: "Migrate from Amazon EC2 to Azure Virtual Machines", find a matching (catalog) image.
 */
export function vendorChecks(
  ami: Ami,
  { vendor, checks }: Product,
  traits: VendorTraits,
  offers: readonly VendorOffer[],
): readonly VendorCheck[] {
  return [
    {
      subject: 'sizes',
      ami: `${traits.architecture ?? 'an unknown architecture'}; an AMI says no instance type`,
      confirm: withWord(
        `the VM sizes that ${vendor} supports, with the vCPUs that the licence covers (\`regild map <instance type>\` names the nearest)`,
        checks.sizes,
      ),
    },
    {
      subject: 'network features',
      ami: ami.ena === undefined ? 'enhanced networking is not stated' : `enhanced networking (ENA) is ${ami.ena ? 'on' : 'off'}`,
      confirm: withWord(
        'network interfaces that the size must have, accelerated networking, IP forwarding, and how failover moves addresses: by load balancer or by API',
        checks.network,
      ),
    },
    {
      subject: 'disk layout',
      ami: disksOf(ami),
      confirm: withWord('the disks that the offer brings, and those for logs or data to add at deployment', checks.disks),
    },
    {
      subject: 'performance',
      ami: [traits.tier, ...performanceOf(ami)].filter((part) => part !== undefined).join(', ') || 'nothing states it',
      confirm: withWord('throughput and sessions of the edition on the size, and the IOPS of its disks', checks.performance),
    },
    {
      subject: 'licence and support',
      ami: LICENCES[traits.licence ?? 'unknown'],
      confirm: withWord(supportOf(traits, offers, vendor), checks.licence),
    },
  ];
}

/** What is to be confirmed, with what the vendor itself says of it where that was read. */
function withWord(question: string, said: string | undefined): string {
  return said === undefined ? question : `${question}. The vendor says: ${said}`;
}

function disksOf({ disks }: Ami): string {
  if (disks.length === 0) return 'no disk is stated';
  return disks
    .map(({ device, sizeGiB, root }) => `${root ? 'root ' : ''}${device} ${sizeGiB === undefined ? 'of unknown size' : `${sizeGiB} GiB`}`)
    .join(', ');
}

function performanceOf({ disks }: Ami): readonly string[] {
  return disks.flatMap(({ device, iops, throughput }) =>
    iops === undefined ? [] : [`${device} ${iops} IOPS${throughput === undefined ? '' : ` and ${throughput} MiB/s`}`],
  );
}

const LICENCES: Readonly<Record<NonNullable<VendorTraits['licence']> | 'unknown', string>> = {
  free: 'free of charge',
  byos: 'the licence is brought along',
  payg: 'billed by the hour through AWS Marketplace',
  vendor: "the vendor's own terms",
  unknown: 'nothing tells how it is licensed',
};

function supportOf({ licence }: VendorTraits, offers: readonly VendorOffer[], vendor: string): string {
  const [offer] = offers;
  const accept =
    offer === undefined ? '' : `; accept its terms once per subscription (\`az vm image terms accept --urn ${formatOffer(offer)}:latest\`)`;
  const terms =
    licence === 'payg'
      ? 'Azure Marketplace bills it anew, and the AWS subscription is to be ended'
      : `that the licence and the support contract with ${vendor} hold on Azure, and how the licence is moved`;
  return `${terms}${accept}`;
}
