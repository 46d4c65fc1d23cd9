/**
 * The api-versions that the sandbox answers. Each list holds those of the API descriptions that the answers are checked against, and those that
 * the az CLI and other SDKs send for the same shapes.
 */
export const RESOURCES = [
  '2018-05-01',
  '2019-11-01',
  '2020-01-01',
  '2020-06-01',
  '2020-10-01',
  '2021-01-01',
  '2021-04-01',
  '2022-09-01',
  '2022-12-01',
  '2023-07-01',
  '2024-03-01',
  '2024-08-01',
  '2025-04-01',
];
export const COMPUTE = [
  '2022-03-01',
  '2022-08-01',
  '2022-11-01',
  '2023-03-01',
  '2023-07-01',
  '2023-09-01',
  '2024-03-01',
  '2024-07-01',
  '2024-11-01',
  '2025-04-01',
  '2026-04-01',
];
export const SKUS = ['2019-04-01', '2021-07-01'];
export const GALLERIES = ['2021-10-01', '2022-03-03', '2022-08-03', '2023-07-03', '2024-03-03', '2025-03-03', '2025-12-03'];
export const MARKETPLACE_ORDERING = ['2015-06-01', '2021-01-01'];
export const AUTHORIZATION = ['2015-07-01', '2018-07-01', '2022-04-01'];
export const RESOURCE_GRAPH = ['2021-03-01', '2022-10-01', '2024-04-01'];
