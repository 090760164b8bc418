/** The token of an Authorization header. */
export function bearerOf(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^Bearer +([\w.~+/-]{1,4096}=*)$/i.exec(header)?.[1]
}
