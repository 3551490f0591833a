// Ids made on the device: UUID version 7 (RFC 9562), so that they sort by time like the server's.

export function newId(): string {
  const bytes = new Uint8Array(16);
  crypto.getRandomValues(bytes);
  return uuid(Date.now(), bytes);
}

/** The UUID of an instant in milliseconds and 16 random bytes, of which it uses ten. */
export function uuid(milliseconds: number, random: Uint8Array): string {
  const bytes = Array.from(random);
  let rest = milliseconds;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
