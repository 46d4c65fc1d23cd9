import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { boundedPause, shortened } from '../../retry-after.ts';

/** The headers that the SDKs wait by, with the milliseconds of their unit (core-rest-pipeline, throttling; core-lro). */
const HEADERS = { 'retry-after': 1000, 'retry-after-ms': 1, 'x-ms-retry-after-ms': 1 } as const;

/** Shortens a pause that the service asks for when it is too long, and tells it. `now` gives milliseconds since 1970. */
export function boundPauses(now: () => number, tell: (text: string) => void = () => {}): PipelinePolicy {
  return {
    name: 'boundPauses',
    async sendRequest(request, next) {
      const response = await next(request);
      for (const [name, unit] of Object.entries(HEADERS)) {
        const asked = response.headers.get(name);
        const bounded = asked === undefined ? undefined : boundedPause(asked, now(), unit);
        if (asked === undefined || bounded === undefined) continue;
        response.headers.set(name, bounded);
        tell(shortened('Azure', asked));
      }
      return response;
    },
  };
}
