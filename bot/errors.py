"""Everything that can go wrong, as one tree; each class carries its words for people.

StudioError
├── UserError            said to the asker alone
│   ├── NotAllowed       a rule of the workspace says no
│   ├── OverBudget       the credits do not suffice
│   ├── Stale            the card showed something that has changed since
│   ├── NotFound         no such thing in this workspace
│   ├── CannotPost       Slack does not let us write where it was asked
│   ├── CannotRead       Slack does not give us what was pointed at
│   ├── BadCanvas        a canvas that cannot be changed as asked
│   ├── Unsupported      a model cannot do what was asked
│   ├── BadField         one field of a form is wrong; shown under that field
│   └── BadPicture       bytes that are not a picture we take
├── ProviderError
│   ├── Refused          final, with the provider's reason and whether it was billed
│   ├── Unavailable      not now; try again after some seconds
│   ├── OutOfCredit      the account with the provider is empty; nothing was accepted
│   ├── BadKey           the provider does not accept the key, or not for this
│   └── Unknown          sent, not answered: it may have been billed
├── SlackError           Slack answered with an error code
│   └── SlackUnavailable Slack cannot be reached, or asks us to wait
├── StorageError         the database or the disk cannot take it now
│   └── BadSeal          a workspace's own key that cannot be opened
└── SetupError           the operator has something to mend; said in the terminal
"""


class StudioError(Exception):
    """The root: anything of ours that a caller may answer."""


class UserError(StudioError):
    """Something the person can act on; `words` is the whole sentence for them."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NotAllowed(UserError):
    """A rule of the workspace says no."""

    def __init__(self, words: str, *, is_for_admins: bool = False) -> None:
        super().__init__(words)
        self.is_for_admins = is_for_admins
        """Whether admins can change it; whoever tells it names them (`refusals.in_full`)."""


class OverBudget(UserError):
    """The workspace's credits do not suffice."""

    def __init__(self, words: str, *, proposal_id: str = "") -> None:
        super().__init__(words)
        self.proposal_id = proposal_id
        """For which more can be asked for."""


class Stale(UserError):
    """What the person acted on has changed since it was shown."""


class NotFound(UserError):
    """There is no such thing in this workspace."""


class CannotPost(UserError):
    """Slack does not let us write where it was asked."""


class Unsupported(UserError):
    """No model here can do what was asked."""


class CannotRead(UserError):
    """Slack does not give us the file or canvas that was pointed at."""


class BadCanvas(UserError):
    """A canvas cannot be changed as it was asked; nothing else in it was touched."""


class BadField(UserError):
    """One field of a form is wrong; `field` is its name in the settings."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


class BadPicture(UserError):
    """Bytes that are not a picture we take."""


class ProviderError(StudioError):
    """A provider did not deliver."""


class Refused(ProviderError):
    """The provider will not make this; final."""

    def __init__(self, reason: str, *, was_billed: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.was_billed = was_billed


class Unavailable(ProviderError):
    """The provider cannot now; nothing was accepted and nothing billed."""

    def __init__(self, reason: str, *, retry_after_seconds: float) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after_seconds = retry_after_seconds


class OutOfCredit(ProviderError):
    """The account with the provider is empty or at its limit; nothing was accepted."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadKey(ProviderError):
    """The provider does not accept the key, or not for this; nothing was accepted."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unknown(ProviderError):
    """The request was sent and not answered; it may have been billed and is never resent."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        """What is known of it, as a sentence; empty where the request was just not answered."""


class SlackError(StudioError):
    """Slack answered a call with an error code.

    `detail` is what else Slack said: the scope that is needed, what a canvas cannot hold.
    """

    def __init__(self, method: str, code: str, *, detail: str = "") -> None:
        super().__init__(f"{method}: {code}" + (f" ({detail})" if detail else ""))
        self.method = method
        self.code = code
        self.detail = detail


class SlackUnavailable(SlackError):
    """Slack cannot be reached, fails inside, or asks us to wait."""

    def __init__(self, method: str, code: str, *, retry_after_seconds: float) -> None:
        super().__init__(method, code)
        self.retry_after_seconds = retry_after_seconds


class StorageError(StudioError):
    """The database or the disk cannot take it now; nothing of the attempt was kept."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadSeal(StorageError):
    """A workspace's own key was sealed with a secret that is gone, or for somebody else."""


class SetupError(StudioError):
    """The operator has something to mend; the message says what and how."""
