import net from 'node:net';

/** What a bad line does. All may change while connections are open. */
type LineFaults = {
	/** Milliseconds that bytes take in each direction. */
	delayMs: number;
	/** Bytes per second of one direction of one connection; 0 is no limit. */
	bytesPerS: number;
	/** Turns every new connection away and cuts those that are open. */
	isDown: boolean;
};

/** A line between a client and a server on this machine that can be made as bad as a village's. */
export type Proxy = Readonly<{
	port: number;
	/** Connections accepted so far. */
	accepted(): number;
	set(faults: Partial<LineFaults>): void;
	/** Cuts what is open now, as a lost signal does: without a goodbye. */
	cut(): void;
	/** Cuts every so often until the returned function is called. */
	cutEvery(ms: number): () => void;
	/** Sends new connections to another server, as a load balancer does. */
	pointTo(port: number): void;
	close(): Promise<void>;
}>;

/** Opens a line to a port on loopback, at first without any fault. */
export async function openProxy(target: number): Promise<Proxy> {
	const faults: LineFaults = { delayMs: 0, bytesPerS: 0, isDown: false };
	const open = new Set<net.Socket>();
	let [port, accepted] = [target, 0];

	const server = net.createServer((client) => {
		if (faults.isDown) return client.resetAndDestroy();
		accepted++;
		const upstream = net.connect(port, '127.0.0.1');
		for (const [from, to] of [
			[client, upstream],
			[upstream, client]
		] as const) {
			open.add(from);
			from.setNoDelay(true);
			from.on('error', () => to.destroy());
			from.on('close', () => (open.delete(from), to.destroy()));
			carry(from, to, faults);
		}
	});
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));

	const cut = () => open.forEach((socket) => socket.resetAndDestroy());
	return {
		port: (server.address() as net.AddressInfo).port,
		accepted: () => accepted,
		set(changes) {
			Object.assign(faults, changes);
			if (faults.isDown) cut();
		},
		cut,
		cutEvery(ms) {
			const timer = setInterval(cut, ms);
			return () => clearInterval(timer);
		},
		pointTo: (other) => void (port = other),
		close() {
			cut();
			return new Promise((resolve) => server.close(() => resolve()));
		}
	};
}

/** Passes bytes on in order, later and slower where the faults say so, and never more at once than the other end takes. */
function carry(from: net.Socket, to: net.Socket, faults: LineFaults): void {
	let line = Promise.resolve();
	from.on('data', (bytes: Buffer) => {
		const waitMs = faults.delayMs + (faults.bytesPerS > 0 ? (1000 * bytes.length) / faults.bytesPerS : 0);
		if (waitMs === 0 && to.write(bytes)) return;
		from.pause();
		line = line
			.then(() => new Promise<void>((resolve) => setTimeout(resolve, waitMs)))
			.then(() => {
				if (waitMs > 0) to.write(bytes);
				if (to.writableNeedDrain) to.once('drain', () => from.resume());
				else from.resume();
			});
	});
	from.on('end', () => void line.then(() => to.end()));
}
