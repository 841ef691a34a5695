"""The reference network 784-128-10 in PyTorch, float64, one thread: times of value, gradient and one Hv by double backward."""
import time
import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def split_mix(seed):
    state, mask = seed, (1 << 64) - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        z ^= z >> 31
        yield (z >> 11) * 2.0 ** -53


def shortest(action, rounds=40):
    for _ in range(5):
        action()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return 1e3 * min(times)


def measure(batch):
    stream = split_mix(42)
    w1 = torch.tensor([(2 * next(stream) - 1) / 784 ** 0.5 for _ in range(128 * 784)]).reshape(128, 784).requires_grad_()
    w2 = torch.tensor([(2 * next(stream) - 1) / 128 ** 0.5 for _ in range(10 * 128)]).reshape(10, 128).requires_grad_()
    b1, b2 = torch.zeros(128, requires_grad=True), torch.zeros(10, requires_grad=True)
    inputs = split_mix(7)
    x = torch.tensor([next(inputs) for _ in range(batch * 784)]).reshape(batch, 784)
    labels = torch.arange(batch) % 10
    parameters = [w1, b1, w2, b2]
    v = [torch.ones_like(p) for p in parameters]

    def value():
        return torch.nn.functional.cross_entropy(torch.tanh(x @ w1.T + b1) @ w2.T + b2, labels)

    def gradient():
        return torch.autograd.grad(value(), parameters)

    def product():
        first = torch.autograd.grad(value(), parameters, create_graph=True)
        return torch.autograd.grad(sum((g * d).sum() for g, d in zip(first, v)), parameters)

    with torch.no_grad():
        forward = shortest(value)
    print(f"PyTorch {torch.__version__}, batch {batch}: value {forward:.3f} ms, gradient {shortest(gradient):.3f} ms, Hv by double backward {shortest(product):.3f} ms  (loss {value().item():.10f})")


for size in (64, 256):
    measure(size)
