import { expect, test } from 'vitest';
import { renderMatrix } from '../../src/ci/matrix.ts';
import type { ImageMatrix } from '../../src/model/index.ts';

const WHERE = { awsRegion: 'eu-west-1', subscription: '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f', location: 'northeurope' };
const MATRIX: ImageMatrix = {
  kind: 'ImageMatrix',
  schemaVersion: 1,
  images: [
    { image: 'a-b', ...WHERE, reasons: ['AMI ${{ secrets.X }} is newer'] },
    { image: 'a.b', ...WHERE, location: 'westeurope', reasons: [] },
  ],
};
const EMPTY: ImageMatrix = { ...MATRIX, images: [] };

test('GitHub takes one line with a list to include, without the reasons', () => {
  expect(renderMatrix(MATRIX, 'github')).toBe(
    `{"include":[${JSON.stringify({ image: 'a-b', ...WHERE })},${JSON.stringify({ image: 'a.b', ...WHERE, location: 'westeurope' })}]}\n`,
  );
  expect(renderMatrix(EMPTY, 'github')).toBe('{"include":[]}\n');
});

test('Azure Pipelines takes names of letters, digits and _, and two images are never one', () => {
  expect(JSON.parse(renderMatrix(MATRIX, 'azure'))).toEqual({
    image_1_a_b: { image: 'a-b', ...WHERE },
    image_2_a_b: { image: 'a.b', ...WHERE, location: 'westeurope' },
  });
  expect(renderMatrix(EMPTY, 'azure')).toBe('{}\n');
});

test('GitLab takes a child pipeline in which an image is built once at a time; without images it has one job still', () => {
  const { subscription } = WHERE;
  const variables = { IMAGE: 'a-b', AWS_REGION: 'eu-west-1', AZURE_SUBSCRIPTION_ID: subscription, AZURE_LOCATION: 'northeurope' };
  expect(JSON.parse(renderMatrix(MATRIX, 'gitlab'))).toEqual({
    include: [{ local: '.gitlab/regild-image.yml' }],
    'image a-b': { extends: '.regild-image', variables, resource_group: 'regild-a-b' },
    'image a.b': {
      extends: '.regild-image',
      variables: { ...variables, IMAGE: 'a.b', AZURE_LOCATION: 'westeurope' },
      resource_group: 'regild-a.b',
    },
  });
  expect(JSON.parse(renderMatrix(EMPTY, 'gitlab'))).toEqual({ 'nothing to do': { script: ['echo "no image is to be built"'] } });
});

test('plain is one name a line', () => {
  expect(renderMatrix(MATRIX, 'plain')).toBe('a-b\na.b\n');
  expect(renderMatrix(EMPTY, 'plain')).toBe('');
});
