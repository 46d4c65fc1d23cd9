"""What Microsoft's Python SDKs read of one version in a running `regild sandbox`, as JSON: read.py GROUP GALLERY DEFINITION VERSION LOCATION PUBLISHER OFFER SKU BASE"""
import json
import os
import sys

from azure.identity import ClientSecretCredential
from azure.mgmt.compute import ComputeManagementClient
from azure.mgmt.imagebuilder import ImageBuilderClient

ARM = os.environ['ARM_METADATA_URL']
SUBSCRIPTION = os.environ['AZURE_SUBSCRIPTION_ID']
group, gallery, definition, version, *base = sys.argv[1:]
credential = ClientSecretCredential(
    os.environ['AZURE_TENANT_ID'],
    os.environ['AZURE_CLIENT_ID'],
    os.environ['AZURE_CLIENT_SECRET'],
    authority=os.environ['AZURE_AUTHORITY_HOST'],
    disable_instance_discovery=True,
)
at = {'base_url': ARM, 'credential_scopes': [ARM + '/.default']}
compute = ComputeManagementClient(credential, SUBSCRIPTION, **at)
builder = ImageBuilderClient(credential, SUBSCRIPTION, **at)
print(
    json.dumps(
        {
            'definition': compute.gallery_images.get(group, gallery, definition).as_dict(),
            'version': compute.gallery_image_versions.get(group, gallery, definition, version, expand='ReplicationStatus').as_dict(),
            'versions': [one.name for one in compute.gallery_image_versions.list_by_gallery_image(group, gallery, definition)],
            'base': compute.virtual_machine_images.get(*base).as_dict(),
            'templates': [one.name for one in builder.virtual_machine_image_templates.list()],
        }
    )
)
