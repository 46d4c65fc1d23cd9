import type { Inventory, ProposedStep } from '../../model/index.ts';
import { foundComponents, placesOf } from '../component-paths.ts';
import { ownOfTheCloud } from '../of-the-move.ts';
import { addedByPeople } from './evidence.ts';
import type { Part, ProposalContext } from './part.ts';
import { operand } from './plain-name.ts';

/** Units of people's own, or of packages that people added, are switched on; what people masked is masked. */
export function proposeServices(inventory: Inventory, context: ProposalContext): Part {
  const added = new Set(addedByPeople(inventory).map(({ package: { name } }) => name));
  const replaced = isReplaced(inventory, context);
  const own = inventory.services.filter(
    (service) => service.state === 'masked' || ownUnit(service.name, inventory) || added.has(service.package ?? ''),
  );
  const carried = own.filter(({ name }) => !replaced(name));
  const lines = carried.map(({ name, state }) =>
    state === 'masked' ? `systemctl mask ${operand(name)}` : `systemctl enable ${operand(name)}`,
  );
  const step: readonly ProposedStep[] =
    lines.length === 0
      ? []
      : [
          {
            kind: 'shell',
            lines,
            confidence: 'medium',
            evidence: ['they are switched on, or masked, in the image; their files are people’s own or of packages that people added'],
          },
        ];
  return { kind: 'service', steps: step, carried: carried.length, replaced: own.length - carried.length, left: [] };
}

/** What AWS's parts switched on or masked, and what each cloud has of its own. */
function isReplaced(inventory: Inventory, { catalog }: ProposalContext): (name: string) => boolean {
  const found = foundComponents(catalog.components, inventory);
  const services = new Set(found.flatMap(({ detect }) => detect.services));
  const isPlace = placesOf(found);
  const isOfTheCloud = ownOfTheCloud('service', catalog.parityRules);
  return (name) => services.has(name) || isPlace(`/etc/systemd/system/${name}`) || isOfTheCloud(name);
}

/** A unit whose file no package brought. */
function ownUnit(name: string, { content }: Inventory): boolean {
  const file = name.replace(/@[^.]*\./, '@.');
  return content.some(
    ({ path, origin }) => origin === 'unowned' && (path === `/etc/systemd/system/${file}` || path === `/usr/lib/systemd/system/${file}`),
  );
}
