"""Adversary: discriminators, what they say about a codec's sound, and how they learn."""

from __future__ import annotations

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.training.checkpoints import fill_optimizer, optimizer_tensors
from core.training.discriminators import AdversaryConfig, Discriminators

BETAS = (0.5, 0.9)


class Adversary:
    """Discriminators with an optimizer of their own; built when first asked, so that none cost nothing."""

    def __init__(self, config: AdversaryConfig, learning_rate: float, device: torch.device) -> None:
        self.config, self.device = config, device
        self.learning_rate = learning_rate * config.learning_rate_share
        self.updates = 0
        self._calls = 0
        self._built: tuple[Discriminators, torch.optim.Optimizer] | None = None

    @property
    def ready(self) -> bool:
        """Whether they learned enough alone to be listened to."""
        return self.updates >= self.config.warm_steps

    def judge(self, heard: Tensor, wanted: Tensor) -> dict[str, Tensor]:  # [B, 1, T] each
        """The codec's losses: to be taken for real, and to look alike inside the discriminators."""
        if not self.ready:
            return {}
        networks, _ = self._parts()
        networks.requires_grad_(False)
        with torch.no_grad():
            real = networks(wanted)
        made = networks(heard)
        networks.requires_grad_(True)
        adversarial = torch.stack([F.relu(1 - verdict).mean() for verdict, _ in made]).mean()
        distances = [
            F.l1_loss(a, b) / b.abs().mean().clamp(min=1e-3)
            for (_, mine), (_, theirs) in zip(made, real, strict=True)
            for a, b in zip(mine, theirs, strict=True)
        ]
        return {"adversarial": adversarial, "features": torch.stack(distances).mean()}

    def learn(self, heard: Tensor, wanted: Tensor, factor: float) -> float:
        """One step of the discriminators, or none if it is not their turn; their loss."""
        self._calls += 1
        if self.ready and self._calls % self.config.every:
            return 0.0
        networks, optimizer = self._parts()
        for group in optimizer.param_groups:
            group["lr"] = self.learning_rate * factor
        losses = [
            F.relu(1 - real).mean() + F.relu(1 + made).mean()
            for (real, _), (made, _) in zip(networks(wanted), networks(heard), strict=True)
        ]
        loss = torch.stack(losses).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(networks.parameters(), 1.0)
        optimizer.step()
        self.updates += 1
        return float(loss.detach())

    def tensors(self) -> dict[str, dict[str, Tensor]]:
        """What a checkpoint keeps of them."""
        if self._built is None:
            return {}
        networks, optimizer = self._built
        counts = {"updates": torch.tensor(self.updates), "calls": torch.tensor(self._calls)}
        return {
            "adversary": dict(networks.state_dict()),
            "adversary_optimizer": optimizer_tensors(optimizer),
            "adversary_counts": counts,
        }

    def fill(self, parts: Mapping[str, Mapping[str, Tensor]]) -> None:
        if "adversary" not in parts:
            return
        networks, optimizer = self._parts()
        networks.load_state_dict(dict(parts["adversary"]))
        fill_optimizer(optimizer, parts["adversary_optimizer"])
        self.updates = int(parts["adversary_counts"]["updates"])
        self._calls = int(parts["adversary_counts"]["calls"])

    def _parts(self) -> tuple[Discriminators, torch.optim.Optimizer]:
        if self._built is None:
            networks = Discriminators(self.config).to(self.device)
            self._built = networks, torch.optim.AdamW(networks.parameters(), self.learning_rate, BETAS)
        return self._built
