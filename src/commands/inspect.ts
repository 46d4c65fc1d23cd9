import { Option } from 'commander';
import { RegildError } from '../errors.ts';
import { ExitCode, type Inventory } from '../model/index.ts';
import { INVENTORY_FORMATS, type InventoryFormat, renderInventory } from '../report/inventory/index.ts';
import { catalogFor } from './catalog-file.ts';
import type { Io, Verb } from './command.ts';
import { inspectHere, isHere } from './inspect-sources.ts';
import { version } from './version.ts';

interface InspectFlags {
  readonly format: InventoryFormat;
  readonly json?: true;
  readonly sbom?: true;
}

/** What is in an image: from a disk in a file, a folder, or an inventory that was saved. Reads only. */
export const inspectVerb: Verb = (program, run) =>
  program
    .argument('<subject>', 'a disk (raw), a folder with a root file system, or an inventory (.json, .tsv)')
    .addOption(new Option('--format <format>', 'how to print it').choices([...INVENTORY_FORMATS]).default('text'))
    .option('--json', 'print the inventory as JSON on stdout')
    .option('--sbom', 'print the packages as CycloneDX JSON on stdout')
    .option('-v, --verbose', 'show details of failures')
    .action((subject: string, flags: InspectFlags) =>
      run(async (io) => {
        const inventory = await inspect(subject, io);
        io.out(renderInventory(inventory, formatOf(flags), { version }));
        return ExitCode.ok;
      }),
    );

async function inspect(subject: string, io: Io): Promise<Inventory> {
  if (await isHere(subject, io)) return inspectHere(subject, await catalogFor(io), io);
  throw new RegildError('FILE_NOT_FOUND', `there is no file or folder ${subject}`, {
    hint: 'name a disk in a file, a folder that holds a root file system, or an inventory that was saved',
  });
}

function formatOf({ format, json, sbom }: InspectFlags): InventoryFormat {
  return sbom ? 'cyclonedx' : json ? 'json' : format;
}
