/** What a user writes around a template of `regild use`: a group, a network, and the template as a module. */
export function rootModule(values: Readonly<Record<string, string>>): string {
  const given = Object.entries(values).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`);
  return `terraform {
  required_providers {
    azapi = { source = "Azure/azapi" }
  }
}

resource "azapi_resource" "group" {
  type     = "Microsoft.Resources/resourceGroups@2022-09-01"
  name     = "rg-web"
  location = "northeurope"
  body     = {}
}

resource "azapi_resource" "network" {
  type      = "Microsoft.Network/virtualNetworks@2023-09-01"
  parent_id = azapi_resource.group.id
  name      = "network"
  location  = "northeurope"
  body = {
    properties = {
      addressSpace = { addressPrefixes = ["10.1.0.0/16"] }
      subnets      = [{ name = "machines", properties = { addressPrefix = "10.1.0.0/24" } }]
    }
  }
}

module "machine" {
  source            = "./module"
  resource_group_id = azapi_resource.group.id
  subnet_id         = "\${azapi_resource.network.id}/subnets/machines"
${given.join('\n')}
}
`;
}

/** The settings of a user who has the provider AzAPI in a folder. */
export function settings(plugins: string): string {
  return `provider_installation {\n  dev_overrides {\n    "azure/azapi" = ${JSON.stringify(plugins)}\n  }\n}\n`;
}

/** State in a storage account, as the documentation of the backend shows it. */
export const BACKEND = `terraform {
  backend "azurerm" {
    resource_group_name  = "rg-images"
    storage_account_name = "corpstate"
    container_name       = "state"
    key                  = "web.tfstate"
  }
}
`;
