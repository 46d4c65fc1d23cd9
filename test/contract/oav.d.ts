/** The part of oav that the suite uses. Its own types are not read: without `npm ci` in this folder they are not there. */
declare module 'oav/dist/lib/liveValidation/liveValidator.js' {
  export interface LiveIssue {
    readonly code: string;
    readonly message: string;
    readonly pathsInPayload: readonly string[];
  }

  export interface LiveResult {
    /** Undefined when the validator could not judge at all, for example because it knows no such operation. */
    readonly isSuccessful?: boolean;
    readonly operationInfo: { readonly operationId: string; readonly apiVersion: string };
    readonly errors: readonly LiveIssue[];
    readonly runtimeException?: { readonly code: string; readonly message: string };
  }

  export class LiveValidator {
    constructor(
      options: {
        readonly directory: string;
        /** Emptied by the validator. */
        readonly swaggerPaths: string[];
        readonly loadValidatorInBackground: boolean;
        readonly loadValidatorInInitialize: boolean;
        readonly isArmCall: boolean;
      },
      log: (message: string) => void,
    );
    initialize(): Promise<void>;
    /** Changes what it is given. */
    validateLiveRequestResponse(pair: { liveRequest: object; liveResponse: object }): Promise<{
      readonly requestValidationResult: LiveResult;
      readonly responseValidationResult: LiveResult;
    }>;
  }
}
