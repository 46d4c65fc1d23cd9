/** What is planted in texts that must not come out again. */
export const PLANTED = 'Pl4nt3dSecretValue';
/** The same in the form of an AWS access key id, which has only capitals and digits. */
const PLANTED_ID = 'AKIAPL4NT3DSECRETVAL';

/** One text for each way in which a cloud, or who wrote to it, was seen to quote a secret. */
export const QUOTED = quoting(PLANTED);

/** The same with another value, which begins with what is looked for. */
export function quoting(planted: string): readonly string[] {
  return [
    `Authorization: Bearer ${planted}`,
    `Authorization: Basic ${planted}`,
    `https://x.blob.core.windows.net/c?sv=1&sig=${planted}&se=2`,
    `https://user:${planted}@example.com/`,
    `AccountKey=${planted};EndpointSuffix=core.windows.net`,
    `{"clientSecret":"${planted}","access_token":"${planted}","refreshToken":"${planted}"}`,
    `{\\"accountKey\\": \\"${planted}\\", \\"primaryKey\\":\\"${planted}\\"}`,
    `client_secret=${planted}&grant_type=client_credentials`,
    `aws_secret_access_key = ${planted}`,
    `x-amz-security-token:${planted}`,
    `X-Amz-Security-Token%3D${planted}`,
    `password: ${planted}`,
    `pwd=${planted}`,
    `-----BEGIN RSA PRIVATE KEY-----\n${planted}\n-----END RSA PRIVATE KEY-----`,
    `ghp_${planted}${planted}`,
    `github_pat_${planted}${planted}`,
    `glpat-${planted}ab`,
    `xoxb-${planted}ab`,
    `eyJhbGciOiJIUzI1NiJ9.eyJ${planted}.${planted}`,
    `api_key=${planted}`,
    `token=${planted}`,
    `secret_key: "${planted}"`,
    `SharedAccessSignature=${planted}`,
    PLANTED_ID,
  ];
}

/** Whether anything of what was planted is in a text. */
export function showsPlanted(text: string): boolean {
  return text.includes(PLANTED) || text.includes(PLANTED_ID);
}
