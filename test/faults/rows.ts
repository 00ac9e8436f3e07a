import type { Row } from './row.ts';
import { authenticationRows } from './rows/authentication.ts';
import { bodyRows } from './rows/bodies.ts';
import { permissionRows } from './rows/permissions.ts';
import { recordRows } from './rows/records.ts';
import { transportRows } from './rows/transport.ts';

/** Every row of the matrix. */
export const rows: readonly Row[] = [
  ...authenticationRows,
  ...permissionRows,
  ...transportRows,
  ...bodyRows,
  ...recordRows,
];
