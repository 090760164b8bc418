/** How keys begin of which it is well known; the longer beginning stands first. */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ['sk-ant-', 'anthropic'],
  ['sk-or-', 'openrouter'],
  ['sk-proj-', 'openai'],
  ['sk-svcacct-', 'openai'],
  ['AIza', 'google'],
  ['gsk_', 'groq'],
  ['tgp_', 'together'],
  ['fw_', 'fireworks'],
]

/** The provider that makes keys which begin like this; undefined where that is not known. */
export function likelyProvider(key: string): string | undefined {
  return BEGINNINGS.find(([beginning]) => key.startsWith(beginning))?.[1]
}
