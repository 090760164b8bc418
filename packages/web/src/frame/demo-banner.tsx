import { useQuery } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { instanceQuery } from '../api/resources.ts'

/** Says that nothing here is real, as long as that is so. */
export function DemoBanner() {
  const { data } = useQuery(instanceQuery)
  if (!data?.demo) return null
  return (
    <p className="flex items-center gap-2 border-line border-b bg-warn-soft px-4 py-1.5 text-warn text-xs sm:px-6">
      <FlaskConical aria-hidden size={14} className="shrink-0" />
      {data.demo.notice}
    </p>
  )
}
