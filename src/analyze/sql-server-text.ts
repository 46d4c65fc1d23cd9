import type { Ami } from '../model/index.ts';
import { readable } from './ami-record.ts';
import { textsOf } from './text-hints.ts';

/** SQL Server that a text of an AMI names. */
export interface NamedSqlServer {
  /** As variants have it, for example `2019` or `2008-r2`. */
  readonly version: string;
  readonly from: string;
  readonly observed: string;
}

/** A year of SQL Server, whole or (before an edition) by its last two digits; no date, and neither MySQL nor PostgreSQL. */
const NAMED =
  /(?<![a-z])(?:ms[-_ ]?)?sql[-_ ]*(?:server|svr|srv)?[-_ ]*(?:20(?<year>05|08|12|14|16|17|19|22|25)(?!\d|[-_.](?:0\d|1[0-2])[-_.]?[0-3]\d)|(?<short>08|12|14|16|17|19|22|25)(?=[-_ ]?(?:std|ent|web|exp|dev)))(?:[-_ ]?(?<release>r2))?/i;

/** The first version of SQL Server that name, description or tags speak of; low confidence always. */
export function sqlServerIn(ami: Ami): NamedSqlServer | undefined {
  return textsOf(ami)
    .flatMap(({ from, text }) => {
      const observed = readable(text);
      const { year, short, release } = NAMED.exec(observed)?.groups ?? {};
      const digits = year ?? short;
      return digits === undefined ? [] : [{ version: `20${digits}${release === undefined ? '' : '-r2'}`, from, observed }];
    })
    .at(0);
}
