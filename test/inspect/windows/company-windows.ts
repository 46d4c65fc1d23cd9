import { at, merged, values } from './hive-keys.ts';
import { type HiveKey, type HiveValue, writeHive } from './write-hive.ts';

const program = (name: string, version: string, more: Readonly<Record<string, HiveValue>> = {}) =>
  values({ DisplayName: name, DisplayVersion: version, ...more });
const service = (type: number, start: number, more: Readonly<Record<string, HiveValue>> = {}) =>
  values({ Type: type, Start: start, ...more });
/** An account's number stands in the type of a value without bytes. */
const named = (rid: number): HiveKey => ({ values: { '': { type: rid, bytes: Buffer.alloc(0) } } });

/** What must never be told of an account: the bytes that stand where its hash would. */
export const HASH = Buffer.from('c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00', 'hex');

function account(rid: number, flags: number, hashBytes: number): HiveKey {
  const f = Buffer.alloc(80);
  f.writeUInt32LE(rid, 0x30);
  f.writeUInt32LE(513, 0x34);
  f.writeUInt16LE(flags, 0x38);
  const v = Buffer.concat([Buffer.alloc(0xcc), HASH]);
  v.writeUInt32LE(hashBytes, 0xac);
  return values({ F: f, V: v });
}

const firewall = 'Services\\SharedAccess\\Parameters\\FirewallPolicy';

const SYSTEM = merged(
  values({}),
  at('Select', values({ Current: 1, Default: 1 })),
  at(
    'ControlSet001',
    merged(
      at(
        'Control\\Session Manager\\Environment',
        values({ PROCESSOR_ARCHITECTURE: 'AMD64', Path: 'C:\\Windows', AWS_SECRET_ACCESS_KEY: 'hidden', SHOP: '1' }),
      ),
      at('Control\\ComputerName\\ComputerName', values({ ComputerName: 'WEB-042' })),
      at('Control\\TimeZoneInformation', values({ TimeZoneKeyName: 'W. Europe Standard Time' })),
      at('Control\\MUI\\UILanguages\\en-US', values({})),
      at('Control\\Terminal Server', values({ fDenyTSConnections: 1 })),
      at('Services\\AmazonSSMAgent', service(0x10, 2)),
      at('Services\\Shop', service(0x10, 2, { ImagePath: 'C:\\shop\\shop.exe' })),
      at('Services\\Spooler', service(0x110, 4)),
      at('Services\\wuauserv', service(0x20, 3)),
      at('Services\\Tcpip', service(1, 0, { Owners: ['nettcpip.inf'] })),
      at('Services\\AWSNVMe', service(1, 0, { Owners: ['oem4.inf'] })),
      at('Services\\W32Time\\Parameters', values({ NtpServer: '169.254.169.123,0x9' })),
      at(`${firewall}\\DomainProfile`, values({ EnableFirewall: 1 })),
      at(`${firewall}\\StandardProfile`, values({ EnableFirewall: 1 })),
      at(`${firewall}\\PublicProfile`, values({ EnableFirewall: 0 })),
      at(
        `${firewall}\\FirewallRules`,
        values({
          a: 'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=8443|App=C:\\shop\\shop.exe|Name=shop|',
          b: 'v2.31|Action=Allow|Active=FALSE|Dir=In|Name=off|',
          c: 'v2.31|Action=Allow|Active=TRUE|Dir=In|Name=@FirewallAPI.dll,-25000|',
        }),
      ),
      at('Enum\\PCI\\VEN_1D0F\\1', values({ DeviceDesc: '@oem4.inf,%aws%;AWS NVMe Elastic Block Storage Adapter' })),
    ),
  ),
);

const servicing = 'Component Based Servicing\\Packages';
const tasks = 'Schedule\\TaskCache\\Tree';

const SOFTWARE = merged(
  at(
    'Microsoft\\Windows NT\\CurrentVersion',
    values({
      ProductName: 'Windows Server 2022 Datacenter',
      EditionID: 'ServerDatacenter',
      InstallationType: 'Server',
      CurrentBuildNumber: '20348',
      UBR: 2322,
      DisplayVersion: '21H2',
    }),
  ),
  at('Microsoft\\Windows NT\\CurrentVersion\\Winlogon', values({ AutoAdminLogon: '1', DefaultPassword: 'hidden' })),
  at(`Microsoft\\Windows NT\\CurrentVersion\\${tasks}\\Microsoft\\Windows\\Defrag`, values({ Id: '{1}' })),
  at(`Microsoft\\Windows NT\\CurrentVersion\\${tasks}\\Shop\\Nightly`, values({ Id: '{2}' })),
  at(`Microsoft\\Windows NT\\CurrentVersion\\${tasks}\\Amazon EC2Launch - Instance Initialization`, values({ Id: '{3}' })),
  at('Microsoft\\Windows\\CurrentVersion\\Setup\\State', values({ ImageState: 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE' })),
  at('Microsoft\\Windows\\CurrentVersion\\Uninstall\\{A}', program('Amazon SSM Agent', '3.3.131.0', { Publisher: 'Amazon Web Services' })),
  at(
    'Microsoft\\Windows\\CurrentVersion\\Uninstall\\{B}',
    program('Shop Server', '4.2', { Publisher: 'Example', InstallDate: '20251001' }),
  ),
  at('Microsoft\\Windows\\CurrentVersion\\Uninstall\\{C}', values({ SystemComponent: 1 })),
  at('WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Tool', program('Old Tool', '1.0')),
  at(
    `Microsoft\\Windows\\CurrentVersion\\${servicing}\\Package_for_KB5034439~31bf3856ad364e35~amd64~~20348.2200.1.2`,
    values({ CurrentState: 112 }),
  ),
  at(`Microsoft\\Windows\\CurrentVersion\\${servicing}\\Package_for_KB1111111~31bf3856ad364e35~amd64~~1.0`, values({ CurrentState: 64 })),
  at('Microsoft\\ServerManager\\ServicingStorage\\ServerComponentCache\\Web-Server', values({ InstallState: 1 })),
  at('Microsoft\\ServerManager\\ServicingStorage\\ServerComponentCache\\DNS', values({ InstallState: 0 })),
);

/** Software of a machine that has SQL Server too. */
export const WITH_SQL_SERVER = writeHive(
  merged(
    SOFTWARE,
    at('Microsoft\\Microsoft SQL Server\\Instance Names\\SQL', values({ MSSQLSERVER: 'MSSQL16.MSSQLSERVER' })),
    at(
      'Microsoft\\Microsoft SQL Server\\MSSQL16.MSSQLSERVER\\Setup',
      values({ Edition: 'Standard Edition', Version: '16.0.1000.6', PatchLevel: '16.0.4135.4' }),
    ),
  ),
);

const SAM = at(
  'SAM\\Domains\\Account\\Users',
  merged(
    at('Names\\Administrator', named(500)),
    at('Names\\Guest', named(501)),
    at('Names\\shop', named(1001)),
    at('000001F4', account(500, 0x210, 56)),
    at('000001F5', account(501, 0x215, 24)),
    at('000003E9', account(1001, 0x214, 24)),
  ),
);

const text = (content: string) => Buffer.from(content);

/** What a company's golden Windows image could hold, by path on its disk: hives, AWS parts, a service and a folder of its own, forgotten secrets. */
export const COMPANY_WINDOWS: Readonly<Record<string, Buffer>> = {
  '/Windows/System32/config/SYSTEM': writeHive(SYSTEM),
  '/Windows/System32/config/SOFTWARE': writeHive(SOFTWARE),
  '/Windows/System32/config/SAM': writeHive(SAM),
  '/Windows/System32/config/DEFAULT': writeHive({}),
  '/Windows/System32/drivers/etc/hosts': text('127.0.0.1 localhost\r\n169.254.169.254 instance-data.ec2.internal\r\n'),
  '/Program Files/Amazon/SSM/amazon-ssm-agent.exe': text('MZ'),
  '/ProgramData/Amazon/EC2Launch/config/agent-config.yml': text('version: 1.0\nadminPassword: hidden\n'),
  '/Users/Administrator/notes.txt': text('key AKIAQQQQWWWWEEEERRRR\r\n'),
  '/shop/shop.exe': text('MZ shop'),
  '/shop/data/settings.json': text('{}'),
  '/setup.log': text('done'),
  '/pagefile.sys': Buffer.alloc(4096),
};

/** What no inventory may hold. */
export const WINDOWS_SECRETS = ['hidden', 'AKIAQQQQWWWWEEEERRRR', HASH.toString('hex')];
