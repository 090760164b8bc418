import { styleText } from 'node:util'

export function heading(text: string): string {
  return styleText('bold', text)
}
