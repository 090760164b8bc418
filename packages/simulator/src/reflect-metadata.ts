type Metadata = Map<unknown, unknown>

/**
 * The certificate library's dependency injection asks for a Reflect metadata polyfill and uses three of its
 * functions. These are those three; a real polyfill that is already there stays.
 */
export function provideReflectMetadata(): void {
  if ('getMetadata' in Reflect) return
  const known = new WeakMap<object, Metadata>()
  Object.assign(Reflect, {
    defineMetadata(name: unknown, value: unknown, target: object) {
      const metadata: Metadata = known.get(target) ?? new Map()
      metadata.set(name, value)
      known.set(target, metadata)
    },
    getOwnMetadata(name: unknown, target: object) {
      return known.get(target)?.get(name)
    },
    getMetadata(name: unknown, target: object) {
      for (let holder: object | null = target; holder; holder = Object.getPrototypeOf(holder)) {
        const metadata = known.get(holder)
        if (metadata?.has(name)) return metadata.get(name)
      }
      return undefined
    },
  })
}
