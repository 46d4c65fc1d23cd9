import { RegildError } from '../errors.ts';
import type { AmiSource, ImageSpec } from '../model/index.ts';

/** The error for an image whose source names no AMI: what was looked for, where, and what to check. */
export function missingAmi({ name, place }: Pick<ImageSpec, 'name' | 'place'>, source: AmiSource): RegildError {
  return new RegildError('AMI_NOT_FOUND', message(source), {
    hint: hint(source),
    details: { image: name, file: place.file, line: place.line, column: place.column },
  });
}

function message(source: AmiSource): string {
  switch (source.kind) {
    case 'ami':
      return `no AMI ${source.id} in ${source.region}`;
    case 'search':
      return `no AMI of owner ${source.owner} named ${JSON.stringify(source.name)}${source.architecture === undefined ? '' : ` for ${source.architecture}`} in ${source.region}`;
    case 'ssm':
      return `no AMI behind the SSM parameter ${source.parameter} in ${source.region}`;
  }
}

function hint(source: AmiSource): string {
  switch (source.kind) {
    case 'ami':
      return 'AMI ids differ per region; check `source.region`, or that the owner shares the AMI with this account';
    case 'search':
      return 'names take the wildcards * and ?; check `source.owner`, `source.name` and `source.region`, or that the owner shares the AMI with this account';
    case 'ssm':
      return 'check `source.ssm` and `source.region`: public parameters start with /aws/service/ and some exist in few regions only';
  }
}
