"""Registers images in a running moto_server as a company has them: register.py URL OWNER… Prints their ids, and how many the owners have, as JSON."""
import json
import sys

import boto3

SQL = 'Windows_Server-2016-English-Full-SQL_2017_Enterprise'
at = {'endpoint_url': sys.argv[1], 'region_name': 'eu-west-1', 'aws_access_key_id': 'moto', 'aws_secret_access_key': 'moto'}
ec2, ssm = boto3.client('ec2', **at), boto3.client('ssm', **at)
canonical = ec2.describe_images(Owners=['099720109477'])['Images']
parent = next(one for one in canonical if 'ubuntu' in one['Name'])
instance = ec2.run_instances(ImageId=parent['ImageId'], MinCount=1, MaxCount=1, InstanceType='m5.large')['Instances'][0]['InstanceId']
tags = [{'ResourceType': 'image', 'Tags': [{'Key': 'team', 'Value': 'web'}, {'Key': 'os', 'Value': 'ubuntu-24.04'}]}]
golden = ec2.create_image(InstanceId=instance, Name='web-golden-2026-11-01', Description='golden web server', TagSpecifications=tags)
disk = {'DeviceName': '/dev/sda1', 'Ebs': {'VolumeSize': 20, 'VolumeType': 'gp3'}}
registered = ec2.register_image(
    Name='app-golden-2026-11-01',
    Description='rhel 9 golden',
    Architecture='x86_64',
    VirtualizationType='hvm',
    RootDeviceName='/dev/sda1',
    BlockDeviceMappings=[disk],
)
ssm.put_parameter(Name='/golden/web', Type='String', Value=golden['ImageId'])
print(
    json.dumps(
        {
            'golden': golden['ImageId'],
            'registered': registered['ImageId'],
            'parent': parent['ImageId'],
            'images': len(ec2.describe_images(Owners=['self', *sys.argv[2:]])['Images']),
            'sql': next(one['ImageId'] for one in ec2.describe_images()['Images'] if SQL in one['Name']),
        }
    )
)
