import { useEffect, useState } from 'react'

/** What a link carries behind its `#`: taken out of the address at once, so that no history keeps it. */
export function useHashSecret(): string {
  const [secret, setSecret] = useState(() => location.hash.slice(1))
  useEffect(() => {
    const take = () => {
      if (location.hash.length <= 1) return
      setSecret(location.hash.slice(1))
      history.replaceState(history.state, '', location.pathname + location.search)
    }
    take()
    addEventListener('hashchange', take)
    return () => removeEventListener('hashchange', take)
  }, [])
  return secret
}
