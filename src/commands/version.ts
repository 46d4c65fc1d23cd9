import packageJson from '../../package.json' with { type: 'json' };

/** Version of regild itself, for user agents, reports and `--version`. */
export const version: string = packageJson.version;
