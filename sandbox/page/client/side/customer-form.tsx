import { useState } from 'react'
import type { ProviderChat } from '../../contract.ts'
import type { Json } from '../block-kit/contract.ts'

interface Example {
  readonly name: string
  readonly number: string
  readonly text: string
}

/** Made up, so that one click is enough; anything else can be typed. */
const examples: readonly Example[] = [
  { name: 'Sanne de Vries', number: '+31 6 12345678', text: 'Hoi, is my parcel on its way?' },
  { name: 'Kwame Mensah', number: '+233 24 123 4567', text: 'Can I pay on delivery?' },
  { name: 'Hana Sato', number: '+81 90 1234 5678', text: 'The size does not fit. Can I swap it?' },
  { name: 'Diego Ramos', number: '+52 55 1234 5678', text: '¿Hacen envíos a Oaxaca?' },
  { name: 'Leila Karimi', number: '+98 912 345 6789', text: 'Is there a discount for two?' },
]

const digitsOf = (number: string): string => number.replace(/\D/g, '')

const nextExample = (known: ReadonlyMap<string, ProviderChat>): Example =>
  examples.find(({ number }) => !known.has(digitsOf(number))) ?? { name: '', number: '', text: '' }

export const CustomerForm = (props: {
  readonly known: ReadonlyMap<string, ProviderChat>
  readonly act: (action: string, body: Json) => Promise<void>
}) => {
  const { known, act } = props
  const [typed, setTyped] = useState<Partial<Example>>({})
  const [written, setWritten] = useState('')
  const { name, number, text } = { ...nextExample(known), ...typed }
  const key = digitsOf(number)
  const isComplete = key !== '' && text.trim() !== ''

  const send = async () => {
    if (!isComplete) return
    await act('customer-writes', { key, text, ...(name.trim() === '' ? {} : { name }) })
    setTyped({})
    setWritten(`${name.trim() || number} has written. Baton notices within a few seconds.`)
  }
  const field = (label: string, what: keyof Example, value: string) => (
    <label>
      <span>{label}</span>
      <input value={value} onChange={({ target }) => setTyped({ ...typed, [what]: target.value })} />
    </label>
  )
  return (
    <form
      className="customer"
      aria-labelledby="customer-title"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h3 id="customer-title">A customer writes</h3>
      {field('Name', 'name', name)}
      {field('Number', 'number', number)}
      {field('Text', 'text', text)}
      <button type="submit" disabled={!isComplete}>
        Send as the Customer
      </button>
      <p role="status">{written}</p>
    </form>
  )
}
