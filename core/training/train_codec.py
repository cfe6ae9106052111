"""CodecTraining: a codec that learns, within a budget of minutes, from where it was left."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Protocol, runtime_checkable

import torch
from torch import Tensor, nn

from core.errors import PalukuError
from core.nn.codecs.model import CodecModel
from core.nn.codecs.presets import CODEC_PRESETS
from core.nn.reader import Reader
from core.nn.readers import CODEC_READERS
from core.nn.semantic import SemanticConfig, SemanticHead
from core.training.adversary import Adversary
from core.training.average import WeightAverage
from core.training.checkpoints import (
    Checkpoint,
    fill_optimizer,
    load_checkpoint,
    optimizer_tensors,
    save_checkpoint,
)
from core.training.codec_config import TrainCodecConfig
from core.training.course import Course, Say
from core.training.data import Batch, Mix, Prefetcher
from core.training.losses import SpectralLoss
from core.training.precision import autocast, best_precision
from core.training.samples import Samples
from core.training.teachers import Teacher

CHECKPOINT, WEIGHTS = "checkpoint.safetensors", "codec.safetensors"


@runtime_checkable
class Settles(Protocol):
    """A model that sets part of its weights from sound, before its first step."""

    def settle(self, pcm: Tensor) -> None:
        """What can be known from sound [B, 1, T] without learning."""


class CodecTraining(Course):
    """A codec, what teaches it, and how much of the budget is spent."""

    def __init__(
        self,
        config: TrainCodecConfig,
        folder: Path,
        *,
        teacher: Teacher | None = None,
        device: str = "cpu",
        start: Path | None = None,
        say: Say = lambda line: None,
    ) -> None:
        super().__init__(config, folder, say)
        torch.manual_seed(config.seed)
        self.config, self.teacher = config, teacher
        self.device = torch.device(device)
        self.model = build_codec(config.codec).to(self.device)
        self.heads = nn.ModuleDict()
        if teacher is not None and config.weights.semantic > 0:
            self.heads["semantic"] = SemanticHead(_head_config(teacher, self.model)).to(self.device)
        self.spectral = SpectralLoss(self.model.spec.format.sample_rate).to(self.device)
        self.optimizer = self._optimizer()
        self.average = WeightAverage(self.model, config.average)
        self.adversary = Adversary(config.adversary, config.learning_rate, self.device)
        self.precision = best_precision(config.precision, self.device)
        self._settled = False
        self._samples: Samples | None = None
        self._sampled = 0.0  # minutes
        if (folder / CHECKPOINT).exists():
            self._resume()
        elif start is not None:
            self._begin_from(start)

    @property
    def adversarial(self) -> bool:
        """Whether discriminators take part."""
        return self.config.adversarial_from <= self.spent < 1

    @property
    def decoder_only(self) -> bool:
        """Whether encoder and codebooks are frozen, so that discriminators cannot harm them."""
        return self.adversarial and self.config.adversary.freeze

    def run(self, mix: Mix) -> None:
        """Train until the budget is spent."""
        self.make_folder()
        for corpus in mix.corpora:
            corpus.check()
        if not self._settled:
            self._settle(mix)
        rate = self.model.spec.format.sample_rate
        self._samples = Samples.of(mix.corpora, rate, self.folder, self.config.seed)
        self._sampled = self.seconds / 60
        with Prefetcher(mix, workers=1, ahead=4) as prefetcher:
            self.follow(prefetcher.batches(self.steps))

    def step(self, batch: Batch) -> dict[str, float]:
        """One batch; the losses as they were before."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["highest"] * self.config.schedule.factor(self.spent)
        self.model.train()
        losses, heard, wanted = self._losses(batch.to(self.device))
        weights = asdict(self.config.weights)
        total = torch.stack([weights[name] * loss for name, loss in losses.items()]).sum()
        self.check(total, "loss")
        self.optimizer.zero_grad(set_to_none=True)
        if total.requires_grad:  # while discriminators learn alone there may be nothing to learn
            total.backward()  # type: ignore[no-untyped-call]
        learned = [p for group in self.optimizer.param_groups for p in group["params"]]
        norm = torch.nn.utils.clip_grad_norm_(learned, self.config.clip)
        self.check(norm, "gradient")
        self.optimizer.step()
        figures = {name: float(loss.detach()) for name, loss in losses.items()}
        if self.adversarial:
            factor = self.config.schedule.factor(self.spent)
            figures["discriminator"] = self.adversary.learn(heard, wanted, factor)
        self.steps += 1
        self.average.follow(self.model, self.steps)
        return {"total": float(total.detach()), **figures}

    def _losses(self, batch: Batch) -> tuple[dict[str, Tensor], Tensor, Tensor]:
        weights = self.config.weights
        gain = torch.empty(len(batch.pcm), 1, 1).uniform_(*self.config.gain_db).div(20).mul(2.302585).exp()
        gain = gain.to(self.device)
        wanted = gain * batch.clean[:, None]
        self._freeze(self.decoder_only)
        with autocast(self.device, self.precision):
            made = self.model(gain * batch.pcm[:, None])
        length = min(made.pcm.shape[-1], wanted.shape[-1])
        heard, wanted = made.pcm[..., :length].float(), wanted[..., :length]
        losses = {**made.quantized.losses, **self.spectral(heard, wanted)}
        if "semantic" in self.heads and self.teacher is not None and not self.decoder_only:
            first, rate = made.quantized.first.float(), self.model.spec.frame_rate
            losses["semantic"] = self.heads["semantic"](first, rate, self.teacher.target(batch))
        if self.adversarial:
            losses |= self.adversary.judge(heard, wanted)
        counted = {name: loss for name, loss in losses.items() if getattr(weights, name) > 0}
        return counted, heard.detach(), wanted

    def _freeze(self, frozen: bool) -> None:
        for part in (self.model.encoder, self.model.quantizer):
            part.requires_grad_(not frozen)
            part.train(not frozen)

    def _settle(self, mix: Mix) -> None:
        if isinstance(self.model, Settles):
            self.say("laying codebooks where sounds are")
            batches, seconds, number = [], 0.0, 0
            while seconds < self.config.settle_seconds:
                number -= 1  # none of those that training will see
                batches.append(mix.batch(2**40 + number).clean)
                seconds += batches[-1].numel() / mix.config.rate
            self.model.settle(torch.cat(batches)[:, None].to(self.device))
            self.average.load(self.model.state_dict())
        self._settled = True

    def save(self) -> None:
        """A checkpoint, and the averaged weights as a codec that can be used."""
        parts = {
            "model": self.model.state_dict(),
            "average": self.average.weights,
            "heads": self.heads.state_dict(),
            "optimizer": optimizer_tensors(self.optimizer),
            **self.adversary.tensors(),
        }
        facts = {"codec": self.config.codec, "steps": self.steps, "seconds": self.seconds}
        save_checkpoint(self.folder / CHECKPOINT, Checkpoint(parts, {**facts, "settled": self._settled}))
        with torch.random.fork_rng(devices=[]):  # what is drawn on the side must not change the next step
            averaged = build_codec(self.config.codec)
            averaged.load_state_dict(self.average.weights)
            preset = CODEC_PRESETS[self.config.codec].config
            _reader(averaged).save(averaged, preset, self.folder / WEIGHTS)
            self._sample(averaged)

    def _sample(self, averaged: CodecModel) -> None:
        minutes = self.seconds / 60
        due = minutes - self._sampled >= self.config.sample_minutes or self.spent >= 1
        if self._samples is not None and due:
            self._samples.keep(averaged, self.steps)
            self._sampled = minutes

    def _resume(self) -> None:
        found = load_checkpoint(self.folder / CHECKPOINT)
        if found.facts["codec"] != self.config.codec:
            raise PalukuError(
                f"{self.folder} holds a training of {found.facts['codec']}, not of {self.config.codec}.",
                "Choose another folder.",
            )
        try:
            self.model.load_state_dict(dict(found.parts["model"]))
            self.average.load(dict(found.parts["average"]))
            self.heads.load_state_dict(dict(found.parts.get("heads", {})))
            fill_optimizer(self.optimizer, found.parts.get("optimizer", {}))
            self.adversary.fill(found.parts)
        except (RuntimeError, KeyError, ValueError) as error:
            raise PalukuError(
                f"The checkpoint in {self.folder} does not fit this config: {error}",
                "Give the config that it was begun with, or choose another folder.",
            ) from error
        self.steps, self.seconds = int(found.facts["steps"]), float(found.facts["seconds"])
        self._settled = bool(found.facts["settled"])
        self.say(f"going on from step {self.steps}, {self.seconds / 60:.1f} minutes in")

    def _begin_from(self, checkpoint: Path) -> None:
        """Another training's averaged weights, with a budget of its own."""
        random_numbers = torch.get_rng_state()
        found = load_checkpoint(checkpoint)
        torch.set_rng_state(random_numbers)
        try:
            self.model.load_state_dict(dict(found.parts["average"]))
            self.heads.load_state_dict(dict(found.parts.get("heads", {})))
        except (RuntimeError, KeyError) as error:
            raise PalukuError(f"{checkpoint} is not of this codec: {error}", "Choose another.") from error
        self.average.load(self.model.state_dict())
        self._settled = True

    def _optimizer(self) -> torch.optim.Optimizer:
        """Weight decay is for the matrices of Transformers only."""
        decayed: list[nn.Parameter] = []
        others: list[nn.Parameter] = []
        for name, weight in [*self.model.named_parameters(), *self.heads.named_parameters()]:
            is_matrix = weight.dim() > 1 and ("transformer" in name or ".layers." in name)
            (decayed if is_matrix else others).append(weight)
        config = self.config
        groups = [
            {"params": others, "weight_decay": 0.0, "highest": config.learning_rate},
            {"params": decayed, "weight_decay": config.weight_decay, "highest": config.learning_rate},
        ]
        groups = [group for group in groups if group["params"]]
        return torch.optim.AdamW(groups, lr=config.learning_rate, betas=config.betas)


def build_codec(codec: str) -> CodecModel:
    """A codec of this name, with fresh weights."""
    preset = CODEC_PRESETS.get(codec)
    if preset is None:
        raise PalukuError(f"There is no codec {codec!r}.", f"There are {', '.join(CODEC_PRESETS)}.")
    return preset.build()


def _reader(model: CodecModel) -> Reader[object]:
    for reader in CODEC_READERS:
        if reader.build is type(model):
            return reader
    raise PalukuError(f"Weights of {type(model).__name__} have no layout of their own.")


def _head_config(teacher: Teacher, model: CodecModel) -> SemanticConfig:
    with torch.no_grad():
        silence = torch.zeros(1, 1, 8 * model.spec.format.frame_size, device=next(model.parameters()).device)
        width = model.eval()(silence).quantized.first.shape[1]
    return SemanticConfig(dim=width, kind=teacher.kind, out_dim=teacher.out_dim)
