/** An instance that is not terminated, and the AMI it was launched from. */
export interface InstanceUse {
  readonly id: string;
  readonly imageId: string;
  /** For example `m5.large`. */
  readonly type: string;
}

/** What the default or latest version of a launch template names as its image: an AMI id, or `resolve:ssm:` and a parameter. */
export interface TemplateUse {
  readonly template: string;
  readonly image: string;
}
