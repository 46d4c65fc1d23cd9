/** What is planted in texts that must not come out again. */
export const PLANTED = 'Pl4nt3dSecretValue';
/** The same in the form of an AWS access key id, which has only capitals and digits. */
const PLANTED_ID = 'AKIAPL4NT3DSECRETVAL';

/** One text for each way in which a cloud, or who wrote to it, was seen to quote a secret. */
export const QUOTED = [
  `Authorization: Bearer ${PLANTED}`,
  `Authorization: Basic ${PLANTED}`,
  `https://x.blob.core.windows.net/c?sv=1&sig=${PLANTED}&se=2`,
  `https://user:${PLANTED}@example.com/`,
  `AccountKey=${PLANTED};EndpointSuffix=core.windows.net`,
  `{"clientSecret":"${PLANTED}","access_token":"${PLANTED}","refreshToken":"${PLANTED}"}`,
  `{\\"accountKey\\": \\"${PLANTED}\\", \\"primaryKey\\":\\"${PLANTED}\\"}`,
  `client_secret=${PLANTED}&grant_type=client_credentials`,
  `aws_secret_access_key = ${PLANTED}`,
  `x-amz-security-token:${PLANTED}`,
  `X-Amz-Security-Token%3D${PLANTED}`,
  `password: ${PLANTED}`,
  `pwd=${PLANTED}`,
  `-----BEGIN RSA PRIVATE KEY-----\n${PLANTED}\n-----END RSA PRIVATE KEY-----`,
  `ghp_${PLANTED}${PLANTED}`,
  `github_pat_${PLANTED}${PLANTED}`,
  `glpat-${PLANTED}ab`,
  `xoxb-${PLANTED}ab`,
  `eyJhbGciOiJIUzI1NiJ9.eyJ${PLANTED}.${PLANTED}`,
  `api_key=${PLANTED}`,
  `token=${PLANTED}`,
  `secret_key: "${PLANTED}"`,
  `SharedAccessSignature=${PLANTED}`,
  PLANTED_ID,
];

/** Whether anything of what was planted is in a text. */
export function showsPlanted(text: string): boolean {
  return text.includes(PLANTED) || text.includes(PLANTED_ID);
}
