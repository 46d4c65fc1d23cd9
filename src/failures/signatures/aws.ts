import type { Signature } from '../signature.ts';

const EC2 = 'docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html';
const verified = '2026-11-25';

/** What AWS answers. */
export const AWS = [
  {
    id: 'aws-clock',
    pattern: /RequestExpired|SignatureDoesNotMatch.*(?:earlier|later) than|Signature expired/i,
    cause: 'the clock of this machine is wrong, or the credentials ran out while the request waited',
    cure: 'set the clock, and sign in again',
    example: 'RequestExpired: Request has expired.',
    source: EC2,
    verified,
  },
  {
    id: 'aws-expired',
    pattern: /ExpiredToken|The security token included in the request is expired/i,
    cause: 'the AWS session has ended',
    cure: 'sign in again (`aws sso login`, or the step of the CI job that assumes the role)',
    example: 'ExpiredToken: The security token included in the request is expired',
    source: EC2,
    verified,
  },
  {
    id: 'aws-region-off',
    pattern: /OptInRequired|not subscribed to this service/i,
    cause: 'the region is not enabled in this account',
    cure: 'enable it (`aws account enable-region --region-name <region>`), or correct `source.region`',
    example: 'OptInRequired: You are not subscribed to this service.',
    source: EC2,
    verified,
  },
  {
    id: 'aws-organization',
    pattern: /explicit deny in a (?:service|resource) control policy/i,
    cause: 'a policy of the AWS organization forbids it, whatever the account allows',
    cure: 'ask who keeps the organization’s policies: no change of this identity’s own rights helps',
    example:
      'UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:sts::x:assumed-role/x is not authorized to perform: ec2:RunInstances with an explicit deny in a service control policy.',
    source: 'github.com/aws/karpenter-provider-aws/issues/8190',
    verified: '2026-11-26',
  },
  {
    id: 'aws-unknown-key',
    pattern: /InvalidClientTokenId|security token included in the request is invalid/i,
    cause: 'AWS does not know this access key: it was deleted, is mistyped, or belongs to another partition (China, GovCloud)',
    cure: 'check `aws sts get-caller-identity`; temporary keys need `AWS_SESSION_TOKEN` too',
    example: 'InvalidClientTokenId: The security token included in the request is invalid.',
    source: 'docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonErrors.html',
    verified: '2026-11-26',
  },
] satisfies readonly Signature[];
