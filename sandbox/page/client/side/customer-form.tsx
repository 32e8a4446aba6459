import { useState } from 'react'
import type { ShownChat } from '../../../provider/provider-screen.ts'
import type { Order, ProviderKind, TypedCustomer } from './provider-kinds.ts'

/** Made up, so that one click is enough; anything else can be typed. */
const examples: readonly TypedCustomer[] = [
  { name: 'Sanne de Vries', address: '+31 6 12345678', text: 'Hoi, is my parcel on its way?' },
  { name: 'Kwame Mensah', address: '+233 24 123 4567', text: 'Can I pay on delivery?' },
  { name: 'Hana Sato', address: '+81 90 1234 5678', text: 'The size does not fit. Can I swap it?' },
  { name: 'Diego Ramos', address: '+52 55 1234 5678', text: '¿Hacen envíos a Oaxaca?' },
  { name: 'Leila Karimi', address: '+98 912 345 6789', text: 'Is there a discount for two?' },
]

const nextExample = (known: ReadonlyMap<string, ShownChat>): TypedCustomer => {
  const names = new Set([...known.values()].map(({ name }) => name))
  return examples.find(({ name }) => !names.has(name)) ?? { name: '', address: '', text: '' }
}

export const CustomerForm = (props: {
  readonly customer: ProviderKind['customer']
  readonly known: ReadonlyMap<string, ShownChat>
  readonly give: (order: Order) => Promise<void>
}) => {
  const { customer, known, give } = props
  const [typed, setTyped] = useState<Partial<TypedCustomer>>({})
  const [done, setDone] = useState('')
  const filled = { ...nextExample(known), ...typed }
  const order = customer.order(filled, known)

  const send = async () => {
    if (order === null) return
    await give(order)
    setTyped({})
    setDone(customer.done(filled.name.trim() || filled.address))
  }
  const field = (label: string, what: keyof TypedCustomer) => (
    <label>
      <span>{label}</span>
      <input value={filled[what]} onChange={({ target }) => setTyped({ ...typed, [what]: target.value })} />
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
      <h3 id="customer-title">{customer.title}</h3>
      {field('Name', 'name')}
      {field(customer.addressLabel, 'address')}
      {customer.hasText ? field('Text', 'text') : null}
      <button type="submit" disabled={order === null}>
        {customer.button}
      </button>
      <p role="status">{done}</p>
    </form>
  )
}
