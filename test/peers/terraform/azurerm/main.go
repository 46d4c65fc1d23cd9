// Reads a resource as Terraform's provider azurerm does: by HashiCorp's SDK below it, pointed by the provider's own variables.
// azurerm <path of the resource> <api-version>
package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/hashicorp/go-azure-sdk/sdk/auth"
	"github.com/hashicorp/go-azure-sdk/sdk/client"
	"github.com/hashicorp/go-azure-sdk/sdk/client/resourcemanager"
	"github.com/hashicorp/go-azure-sdk/sdk/environments"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	if err := read(ctx, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(ctx context.Context, path, apiVersion string) error {
	cloud, err := environments.FromEndpoint(ctx, "https://"+os.Getenv("ARM_METADATA_HOSTNAME"))
	if err != nil {
		return err
	}
	arm, err := resourcemanager.NewClient(cloud.ResourceManager, "read", apiVersion)
	if err != nil {
		return err
	}
	credentials := auth.Credentials{
		Environment:                           *cloud,
		TenantID:                              os.Getenv("ARM_TENANT_ID"),
		ClientID:                              os.Getenv("ARM_CLIENT_ID"),
		ClientSecret:                          os.Getenv("ARM_CLIENT_SECRET"),
		EnableAuthenticatingUsingClientSecret: true,
	}
	authorizer, err := auth.NewAuthorizerFromCredentials(ctx, credentials, cloud.ResourceManager)
	if err != nil {
		return err
	}
	arm.SetAuthorizer(authorizer)
	request, err := arm.NewRequest(ctx, client.RequestOptions{
		ContentType:         "application/json",
		ExpectedStatusCodes: []int{http.StatusOK},
		HttpMethod:          http.MethodGet,
		Path:                path,
	})
	if err != nil {
		return err
	}
	answer, err := request.Execute(ctx)
	if err != nil {
		return err
	}
	_, err = io.Copy(os.Stdout, answer.Body)
	return err
}
