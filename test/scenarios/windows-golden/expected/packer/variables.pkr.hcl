# What differs from run to run; regild passes all of it.
variable "run_id" {
  description = "Name of the run: it names the temporary resource group and tags everything that is made."
  type        = string
  default     = "by-hand"
}

variable "attempt" {
  description = "Tells the temporary resource group of a repeated run from one that the run left behind when it was cut short."
  type        = string
  default     = "1"
}

variable "deadline" {
  description = "Time (ISO 8601) after which whatever the run left behind may be deleted."
  type        = string
  default     = ""
}

variable "digest" {
  description = "Digest of the plan; it tells a version of this recipe from one of another."
  type        = string
  default     = ""
}

variable "vm_size" {
  description = "Size of the build VM; regild names another where Azure has no room for it."
  type        = string
  default     = "Standard_D2s_v5"
}

# Who builds. Nothing is written down here: a service principal (secret, certificate or OIDC) comes from the environment,
# `use_azure_cli_auth` takes the login of the az command, and with neither the machine's managed identity is used.
variable "use_azure_cli_auth" {
  description = "Whether to build as whoever is logged in with the az command."
  type        = bool
  default     = false
}

variable "tenant_id" {
  description = "Entra ID tenant of the service principal."
  type        = string
  default     = env("ARM_TENANT_ID")
}

variable "client_id" {
  description = "Application id of the service principal."
  type        = string
  default     = env("ARM_CLIENT_ID")
}

variable "client_secret" {
  description = "Secret of the service principal."
  type        = string
  default     = env("ARM_CLIENT_SECRET")
  sensitive   = true
}

variable "client_cert_path" {
  description = "Path of the service principal's certificate (PKCS#12)."
  type        = string
  default     = env("ARM_CLIENT_CERTIFICATE_PATH")
}

variable "oidc_request_url" {
  description = "Where a GitHub workflow asks for its token; the plugin asks again as often as it needs one."
  type        = string
  default     = env("ACTIONS_ID_TOKEN_REQUEST_URL")
}

variable "oidc_request_token" {
  description = "What a GitHub workflow asks for its token with."
  type        = string
  default     = env("ACTIONS_ID_TOKEN_REQUEST_TOKEN")
  sensitive   = true
}
