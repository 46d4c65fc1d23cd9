import { retain, usersOf } from '../../src/living/retention.ts';
import { currentVersion, latestIn, stateOf } from '../../src/living/versions.ts';
import type { ExistingVersion, ImageSpec, VersionUse } from '../../src/model/index.ts';
import type { Gallery } from '../../src/ports.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';

/** Looks on while a fleet lives, and keeps in words everything that must never be. */
export class Watch {
  readonly #tested = new Set<string>();
  readonly #wrong: string[] = [];
  #users: readonly VersionUse[] = [];
  #writes = 0;
  #checks = 0;

  /** Requests so far that changed something. */
  get writes(): number {
    return this.#writes;
  }

  get users(): readonly VersionUse[] {
    return this.#users;
  }

  found(): { readonly checks: number; readonly wrong: readonly string[] } {
    return { checks: this.#checks, wrong: this.#wrong };
  }

  accuse(sentence: string): void {
    this.#wrong.push(sentence);
  }

  /** A test VM that was made from the version answered, and was judged. */
  wasTested(versionId: string): void {
    this.#tested.add(versionId.toLowerCase());
  }

  nowUsedBy(users: readonly VersionUse[]): void {
    this.#users = users;
  }

  /** Every moment: a version that any answer shows within `latest` was tested, and none is deleted that is in use. */
  onExchange({ liveRequest: { method, url }, liveResponse: { body } }: Exchange): void {
    const path = new URL(url).pathname;
    if (isWrite(method, path)) this.#writes += 1;
    if (!/\/galleries\/[^/]+\/images\/[^/]+\/versions(?:\/[^/]+)?$/.test(path)) return;
    this.#checks += 1;
    if (method === 'DELETE' && this.#users.some(({ version }) => version?.toLowerCase() === path.toLowerCase()))
      this.accuse(`${path} is deleted, and in use`);
    for (const { id, shown } of versionsIn(body))
      if (shown && !this.#tested.has(id.toLowerCase())) this.accuse(`${id} is within latest after ${method}, and was never tested`);
  }

  /** What holds whenever nobody is at work; `settled`: when nothing is left to do. */
  async look(specs: readonly ImageSpec[], gallery: Pick<Gallery, 'versions'>, when: string, settled?: Date): Promise<void> {
    for (const spec of specs) {
      const versions = await gallery.versions(spec.target);
      this.#lookAtLatest(spec, versions, when);
      this.#lookAtUsers(spec, versions, when);
      if (settled === undefined) continue;
      this.#lookAtRetention(spec, versions, when, settled);
      this.#lookAtRegions(spec, versions, when);
    }
  }

  #lookAtLatest({ name }: ImageSpec, versions: readonly ExistingVersion[], when: string): void {
    for (const region of new Set(versions.flatMap(({ targetRegions }) => targetRegions.map((each) => each.name)))) {
      const latest = latestIn(versions, region);
      this.#checks += 1;
      if (latest && (!this.#tested.has(latest.id.toLowerCase()) || stateOf(latest) !== 'released'))
        this.accuse(`${when}: latest of ${name} in ${region} is ${latest.name}, ${stateOf(latest)}`);
    }
  }

  #lookAtUsers({ name, target }: ImageSpec, versions: readonly ExistingVersion[], when: string): void {
    const end = `/images/${target.definition}`.toLowerCase();
    for (const { version, location } of this.#users.filter(({ definition }) => definition.toLowerCase().endsWith(end))) {
      const found = versions.find(({ id }) => id.toLowerCase() === version?.toLowerCase());
      this.#checks += 1;
      if (!found) this.accuse(`${when}: a version of ${name} in use was deleted: ${version}`);
      else if (!found.targetRegions.some((region) => region.name === location))
        this.accuse(`${when}: version ${found.name} of ${name} left ${location}, where it is in use`);
    }
  }

  #lookAtRetention(spec: ImageSpec, versions: readonly ExistingVersion[], when: string, now: Date): void {
    const beyond = retain(spec, { versions, users: this.#users }, now).filter(({ action }) => action === 'delete');
    const released = versions.filter((version) => stateOf(version) === 'released');
    const used = released.filter((version) => usersOf(version, this.#users).length > 0);
    this.#checks += 1;
    if (beyond.length > 0 || released.length > spec.retention.keep + used.length)
      this.accuse(`${when}: ${spec.name} has ${released.length} versions, ${beyond.length} beyond retention`);
  }

  /** The current version is where the manifest wants it, and any version elsewhere only for somebody who runs it there. */
  #lookAtRegions(spec: ImageSpec, versions: readonly ExistingVersion[], when: string): void {
    const wanted = spec.regions.map(({ name }) => name);
    const current = currentVersion(versions);
    const missing = current ? wanted.filter((name) => !current.targetRegions.some((region) => region.name === name)) : [];
    if (missing.length > 0) this.accuse(`${when}: ${spec.name} is not in ${missing.join(', ')}`);
    for (const version of versions) {
      const kept = usersOf(version, this.#users).map(({ location }) => location);
      const surplus = version.targetRegions.filter(({ name }) => ![...wanted, ...kept, version.location].includes(name));
      this.#checks += 1;
      if (surplus.length > 0 && stateOf(version) !== 'staged')
        this.accuse(`${when}: version ${version.name} of ${spec.name} is in ${surplus.map(({ name }) => name).join(', ')} for nobody`);
    }
  }
}

/** Tokens, EC2's queries and questions to Resource Graph are posted and change nothing. */
function isWrite(method: string, path: string): boolean {
  return method !== 'GET' && path !== '/' && !/\/oauth2\/|\/Microsoft\.(?:ResourceGraph|PolicyInsights)\//.test(path);
}

/** The versions of an answer, one or a list, and whether `latest` may be each of them. */
function versionsIn(body: unknown): readonly { readonly id: string; readonly shown: boolean }[] {
  if (typeof body !== 'object' || body === null) return [];
  if ('value' in body && Array.isArray(body.value)) return body.value.flatMap(versionsIn);
  const { id, properties } = body as { readonly id?: string; readonly properties?: VersionBody };
  if (id === undefined || properties === undefined) return [];
  const { provisioningState, publishingProfile } = properties;
  const shown = provisioningState === 'Succeeded' && publishingProfile?.excludeFromLatest !== true;
  return [{ id, shown }];
}

interface VersionBody {
  readonly provisioningState?: string;
  readonly publishingProfile?: { readonly excludeFromLatest?: boolean };
}
