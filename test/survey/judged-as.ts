import type { Ami, Analysis, BaseMatch } from '../../src/model/index.ts';
import type { Judged } from '../../src/survey/judged.ts';
import { anAmi } from '../analyze/an-ami.ts';
import { anAnalysis } from '../fakes/values.ts';
import { found } from '../match/told.ts';

/** A judged AMI: a private Ubuntu 22.04 to be rebuilt, without questions, changed where a test needs it. */
export function judgedAs(ami: Partial<Ami> = {}, analysis: Partial<Analysis> = {}, match: Partial<BaseMatch> = {}): Judged {
  const whole = anAmi(ami);
  return {
    ami: whole,
    analysis: anAnalysis({
      ami: whole,
      distro: found('ubuntu'),
      version: found('22.04'),
      architecture: found('x64'),
      variant: found('server'),
      ...analysis,
    }),
    match: {
      kind: 'BaseMatch',
      schemaVersion: 1,
      image: whole.id,
      verdict: 'rebuild',
      confidence: 'high',
      candidates: [],
      rejected: [],
      questions: [],
      issues: [],
      ...match,
    },
  };
}
