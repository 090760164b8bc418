/** Something the person typed or set is wrong: said in one sentence, exit code 2. */
export class UsageError extends Error {}
