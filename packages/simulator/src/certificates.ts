import type { X509CertificateGenerator } from '@peculiar/x509'
import { provideReflectMetadata } from './reflect-metadata.ts'

export type CertificateKind = 'good' | 'expired' | 'self-signed' | 'wrong-host'

interface Identity {
  key: string
  cert: string
}

export interface Certificates {
  caPem: string
  identities: Record<CertificateKind, Identity>
}

type CreateParameters = Parameters<typeof X509CertificateGenerator.create>[0]

const DAY_MS = 86_400_000
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' }

let made: Promise<Certificates> | undefined

/** A certificate authority and its certificates, made once per process. */
export function certificates(): Promise<Certificates> {
  made ??= makeCertificates()
  return made
}

async function makeCertificates(): Promise<Certificates> {
  provideReflectMetadata()
  const x509 = await import('@peculiar/x509')
  const { subtle } = crypto
  const newKeys = () => subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const caName = 'CN=Rollcall simulator CA'
  const caKeys = await newKeys()
  const now = Date.now()
  let serial = 1
  const period = { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + 30 * DAY_MS) }
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: caName,
    ...period,
    keys: caKeys,
    signingAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  })

  async function issue(names: string[], change: Partial<CreateParameters> = {}, signedBySelf = false) {
    const keys = await newKeys()
    serial += 1
    const hosts = names.map((value) => ({ type: value.includes('127.') ? 'ip' : 'dns', value }) as const)
    const subject = `CN=${names[0]}`
    const leaf = await x509.X509CertificateGenerator.create({
      serialNumber: serial.toString(16).padStart(2, '0'),
      subject,
      issuer: signedBySelf ? subject : caName,
      ...period,
      publicKey: keys.publicKey,
      signingKey: signedBySelf ? keys.privateKey : caKeys.privateKey,
      signingAlgorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(hosts),
      ],
      ...change,
    } as CreateParameters)
    const pkcs8 = await subtle.exportKey('pkcs8', keys.privateKey)
    return { cert: leaf.toString('pem'), key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') }
  }

  // the last for tests that reach the simulator by a name, through a proxy or a name server of their own
  const here = ['localhost', '127.0.0.1', '*.simulated.test']
  return {
    caPem: ca.toString('pem'),
    identities: {
      good: await issue(here),
      expired: await issue(here, {
        notBefore: new Date(now - 60 * DAY_MS),
        notAfter: new Date(now - 2 * DAY_MS),
      }),
      'self-signed': await issue(here, {}, true),
      'wrong-host': await issue(['somewhere-else.example']),
    },
  }
}
