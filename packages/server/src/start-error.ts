/** Why the server does not start: one sentence that names the variable or file and what to do. */
export class StartError extends Error {}
