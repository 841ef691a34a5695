#!/usr/bin/python3
"""Writes optimizers.tsv: 20 steps of PyTorch's optimizers, and the rates of its schedulers (Debian: python3-torch).

    python3 optimizers.py > optimizers.tsv

Columns: name, step, then three coordinates of the iterate after that step, or the learning rate of that step. The function is
exp(0.3x + 0.5y) + (x - y^2)^2 + sqrt(1 + z^2) + sin(xz) + 0.1 z^4, from (1, -0.5, 2).
"""
import torch

STEPS = 20


def function(p):
    x, y, z = p[0], p[1], p[2]
    return torch.exp(0.3 * x + 0.5 * y) + (x - y**2) ** 2 + torch.sqrt(1 + z**2) + torch.sin(x * z) + 0.1 * z**4


def iterates(name, make, clip=None):
    p = torch.tensor([1.0, -0.5, 2.0], dtype=torch.float64, requires_grad=True)
    optimizer = make([p])
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        function(p).backward()
        if clip is not None:
            # clip_grad_norm_ without the 1e-6 that it adds to the norm.
            p.grad.mul_(min(1.0, clip / p.grad.norm().item()))
        optimizer.step()
        print(name, step, *(repr(v) for v in p.tolist()), sep="\t")


def rates(name, make, steps=40, values=None):
    p = torch.tensor([1.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([p], lr=0.1)
    schedule = make(optimizer)
    for step in range(steps):
        if values is not None:
            schedule.step(values(step))
        print(name, step, repr(optimizer.param_groups[0]["lr"]), sep="\t")
        optimizer.step()
        if values is None and step + 1 < steps:
            schedule.step()


iterates("GradientDescent", lambda p: torch.optim.SGD(p, lr=0.05))
iterates("HeavyBall", lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9))
iterates("HeavyBall decay", lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, weight_decay=0.1))
iterates("HeavyBall decay clip", lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.1), clip=0.75)
iterates("Nesterov", lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True))
iterates("RmsProp", lambda p: torch.optim.RMSprop(p, lr=0.02))
iterates("RmsProp decay", lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.9, eps=1e-6, weight_decay=0.1))
iterates("Adam", lambda p: torch.optim.Adam(p, lr=0.1))
iterates("Adam decay", lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1))
iterates("AdamW", lambda p: torch.optim.AdamW(p, lr=0.1))
iterates("AdamW decay", lambda p: torch.optim.AdamW(p, lr=0.1, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.3))

lr = torch.optim.lr_scheduler
rates("StepDecay", lambda o: lr.StepLR(o, 7, 0.5))
rates("ExponentialDecay", lambda o: lr.ExponentialLR(o, 0.9))
rates("CosineAnnealing", lambda o: lr.CosineAnnealingLR(o, 25, 0.01), steps=26)
rates("CosineAnnealing restarts", lambda o: lr.CosineAnnealingWarmRestarts(o, 5, 2, 0.001))
rates("OneCycle", lambda o: lr.OneCycleLR(o, 0.1, total_steps=40, cycle_momentum=False))
rates("PlateauDecay", lambda o: lr.ReduceLROnPlateau(o, factor=0.5, patience=3, cooldown=2, min_lr=0.01), values=lambda k: 1 + max(0, 5 - k) ** 2)
