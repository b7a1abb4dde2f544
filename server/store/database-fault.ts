/** Why there is no database to work with. */
export type DatabaseFaultKind =
  | 'unreachable'
  | 'password-refused'
  | 'login-refused'
  | 'database-missing'
  | 'too-old'
  | 'encoding-wrong'
  | 'read-only'
  | 'rights-missing'
  | 'schema-newer'
  | 'migration-failed'
  | 'platform-unsupported'
  | 'root-refused'
  | 'folder-unwritable'
  | 'folder-in-use'
  | 'folder-damaged'
  | 'folder-version'
  | 'start-failed'
  | 'upgrade-unfinished'
  | 'upgrade-failed';

/** The database can't be used: the message is what is wrong, `fix` what to do about it. Neither holds a secret. */
export class DatabaseFault extends Error {
  constructor(
    readonly kind: DatabaseFaultKind,
    message: string,
    /** one sentence */
    readonly fix: string,
    cause?: unknown
  ) {
    super(message, { cause });
    this.name = 'DatabaseFault';
  }
}
