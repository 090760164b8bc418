/** Words that are not simply capitalised. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['gpt', 'GPT'],
  ['tts', 'TTS'],
  ['hd', 'HD'],
  ['ocr', 'OCR'],
  ['api', 'API'],
  ['cli', 'CLI'],
  ['oss', 'OSS'],
  ['it', 'IT'],
  ['vl', 'VL'],
  ['glm', 'GLM'],
  ['chatgpt', 'ChatGPT'],
  ['deepseek', 'DeepSeek'],
  ['minimax', 'MiniMax'],
  ['mini', 'mini'],
  ['nano', 'nano'],
  ['dall·e', 'DALL·E'],
])

/**
 * A name for people, made of the id alone, for providers that send none: `gpt-4o-mini-2024-07-18` reads
 * "GPT-4o mini (2024-07-18)". It says nothing the id does not say.
 */
export function readableName(id: string): string {
  if (id.startsWith('ft:')) {
    const [, base = '', , suffix] = id.split(':')
    return `${readableName(base)} fine-tune${suffix ? ` ${suffix}` : ''}`
  }
  const last = id.slice(id.lastIndexOf('/') + 1) || id
  const dated = /^(.+?)-(\d{4}-\d{2}-\d{2}|20\d{6}|\d{2}-20\d{2})(-.+)?$/.exec(last)
  const [stem, date] = dated?.[1] && dated[2] ? [dated[1] + (dated[3] ?? ''), dated[2]] : [last, undefined]
  const words = stem
    .replace(/^dall-e/, 'dall·e')
    .split(/[-_ ]+/)
    .filter(Boolean)
  const name = words.map(spell).join(' ')
  // GPT-4o, GPT-5.2: the vendor joins the family and its number
  const joined = name.replace(/^(GPT|ChatGPT) (?=\d)/, '$1-').replace(/^(DALL·E) (?=\d)/, '$1 ')
  return (date ? `${joined} (${date})` : joined) || id
}

function spell(word: string): string {
  const known = SPELLINGS.get(word.toLowerCase())
  if (known) return known
  // versions and sizes keep their form: 4o, 70b, v3.0, o3
  if (/^[vo]?\d/.test(word) || /[A-Z]/.test(word)) return word
  return word.charAt(0).toUpperCase() + word.slice(1)
}
